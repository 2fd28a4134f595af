import { type Answer, either, not } from "./answer.js";
import { invalidAction, matchlessAction } from "./errors.js";
import { type Glob, matchesGlob, parseGlob } from "./glob.js";
import type { NamedTexts, StatementSyntax } from "./statement-syntax.js";
import { UnknownPart } from "./unknown-part.js";

/** What IAM takes: a service prefix, a colon and anything. */
const TAKEN = /^[A-Za-z0-9-]+:/;

/** What can match an action. */
const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9*?-]+$/;

/** Whether an action, in lower case, is one that a statement is about. */
export type ActionMatcher = (action: string) => Answer;

/**
 * A matcher for a statement's Action or NotAction. Case is ignored there, in the prefix and in the
 * name. What has a character that no action has is taken by IAM and matches nothing: that is remarked.
 *
 * @throws PolicyError when a pattern is none
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function actionMatcher(
  { texts, negated, where }: NamedTexts,
  { remark }: Pick<StatementSyntax, "remark">,
): ActionMatcher {
  const names = new Set<string>();
  const globs: Glob[] = [];
  const unknown: UnknownAction[] = [];
  for (const [index, text] of texts.entries()) {
    if (text instanceof UnknownPart) {
      unknown.push(unknownAction(text));
      continue;
    }
    if (text !== "*" && text !== "*:*" && !ACTION.test(text)) {
      if (!TAKEN.test(text)) {
        throw invalidAction(`${where}[${index}]`, text);
      }
      remark(matchlessAction(`${where}[${index}]`, text));
    }
    const folded = text.toLowerCase();
    if (/[*?]/.test(folded)) {
      globs.push(parseGlob(folded));
    } else {
      names.add(folded);
    }
  }
  const named = (action: string): boolean =>
    names.has(action) || globs.some((glob) => matchesGlob(glob, action));
  if (unknown.length === 0) {
    return negated ? (action) => !named(action) : named;
  }
  return (action) => {
    const answer = named(action) || perhapsNamed(unknown, action);
    return negated ? not(answer) : answer;
  };
}

/** An action that is known in part. */
interface UnknownAction {
  readonly part: UnknownPart;
  /** The known pieces, with anything between them; undefined when nothing is known. */
  readonly glob: Glob | undefined;
}

function unknownAction(part: UnknownPart): UnknownAction {
  return { part, glob: part.pieces && parseGlob(part.pieces.join("*").toLowerCase()) };
}

function perhapsNamed(unknown: readonly UnknownAction[], action: string): Answer {
  let answer: Answer = false;
  for (const { part, glob } of unknown) {
    if (glob === undefined || matchesGlob(glob, action)) {
      answer = either(answer, [part]);
    }
  }
  return answer;
}
