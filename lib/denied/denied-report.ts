import { quotedChoices } from "../iam/shown.js";
import type { AllowedBy, Answer, MadeCall, Side } from "./answer.js";

/** How many APIs are named one a line; a reader looks for the one in use, and programs have them all. */
const MAX_LINES = 8;

/** Answers as lines for a reader. They may hold what the text held. */
export function deniedReport(answers: readonly Answer[]): string[] {
  return answers.flatMap((answer, index) => [...(index === 0 ? [] : [""]), ...linesOf(answer)]);
}

function linesOf(answer: Answer): string[] {
  const { side, sentence, calls, allowedBy, advice, commands } = answer;
  return [
    sentence,
    `  ${verdictOf(answer)}`,
    ...section(callsHeading(answer), callLines(calls)),
    ...section("Allowed by:", allowedBy.map(allowedLine)),
    ...section("To know:", advice),
    ...section(commandsHeading(side), commands),
  ];
}

/** What each side comes to, as a sentence. */
const VERDICTS: Readonly<Record<Side, string>> = {
  input: "Remotion makes this call, and an input of a module allows it.",
  principal: "Remotion makes this call, but not as the one who asked here.",
  "no policy": "Remotion makes this call, and no policy of its own allows it.",
  "another policy": "Remotion makes this call, and another policy denies it: no input helps.",
  boundary: "Remotion makes this call, and the permissions boundary does not let it through.",
  organization: "Remotion makes this call, and the organization forbids it: never an input.",
  session: "Remotion makes this call, and the session's own policy does not let it through.",
  resource: "Remotion makes this call, and the policy of the resource decides.",
  endpoint:
    "Remotion makes this call, and the VPC endpoint does not let it through: never an input.",
  "public access": "It is about what the public may do, not about a user or a role.",
  trust: "It is the trust policy of a role: who may assume it.",
  credentials: "It is the credentials, not a permission.",
  acls: "It is the bucket's ACLs, not a permission.",
  "not Remotion": "It is not a call of Remotion's.",
  untold: "What decides is not in the text.",
};

/** Of what Remotion does not call, as a role that is asked for, only the second half is true. */
function verdictOf({ side, calls }: Answer): string {
  const verdict = VERDICTS[side];
  const rest = verdict.replace(/^Remotion makes this call, (?:and|but) /, "");
  return calls.length > 0 || rest === verdict
    ? verdict
    : `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

function callsHeading({ side }: Answer): string {
  return side === "untold" ? "Remotion's calls that are answered so:" : "Remotion makes it in:";
}

function commandsHeading(side: Side): string {
  return side === "untold" ? "Next:" : "To prove it:";
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `  ${heading}`, ...lines.map((line) => `    ${line}`)];
}

function callLines(calls: readonly MadeCall[]): string[] {
  const byApi = new Map<string, MadeCall[]>();
  for (const call of calls) {
    byApi.set(call.api, [...(byApi.get(call.api) ?? []), call]);
  }
  const lines = [...byApi].map(([api, made]) => `${api}${detailOf(made)}`);
  const rest = [...byApi.keys()].slice(MAX_LINES);
  return rest.length <= 1
    ? lines
    : [...lines.slice(0, MAX_LINES), `and ${rest.length} more: ${rest.join(", ")}`];
}

/** How many actions are named behind an API. */
const MAX_ACTIONS = 3;

/** In which situations, and when; where there are several conditions, the first stands for them. */
function detailOf(calls: readonly MadeCall[]): string {
  const actions = [...new Set(calls.flatMap(({ action }) => action.split(", ")))];
  const further = actions.length - MAX_ACTIONS;
  const named = actions.slice(0, MAX_ACTIONS).join(", ");
  const many = actions.length > 1 ? ` (${named}${further > 0 ? ` and ${further} more` : ""})` : "";
  const situations = new Set(
    calls.map(({ situation }) => situation).filter((one) => one !== "any"),
  );
  const where = situations.size === 0 ? "" : `, ${[...situations].join(" or ")}`;
  const conditions = new Set(calls.map(({ when }) => when));
  const [condition] = conditions;
  const when =
    condition === undefined || condition.startsWith("The same")
      ? ""
      : `; ${conditions.size > 1 ? "as " : ""}when ${lowerFirst(condition)}`;
  return `${many}${where}${when}`;
}

/** The beginning of a sentence that goes on; names of APIs and options stay as they are. */
function lowerFirst(sentence: string): string {
  return /^(?:A|An|The|Functions|Props|Partition|All|Only|Where) /.test(sentence)
    ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence;
}

function allowedLine({ module, inputs, profile }: AllowedBy): string {
  const profiles =
    profile === undefined ? [] : [`${profile.input} = ${quotedChoices(profile.having)}`];
  const values = [...inputs, ...profiles];
  const lacking =
    profile === undefined || profile.lacking.length === 0
      ? ""
      : `; not with ${quotedChoices(profile.lacking)}`;
  return values.length === 0 ? module : `${module}: ${values.join(", ")}${lacking}`;
}
