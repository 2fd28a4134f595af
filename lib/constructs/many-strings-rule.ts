import type { ValueRule } from "../iam/value-rule.js";
import {
  type CheckedItems,
  exampleOf,
  hclStrings,
  type ItemsRule,
  inQuotes,
  refusedBy,
  sentence,
  type TerraformRule,
} from "./terraform-rule.js";

/** Strings of which there may be thousands. */
type ManyStrings = Pick<CheckedItems, "of" | "what" | "holding">;

/** Strings that a message names at most where there may be thousands. */
const MOST_SHOWN = 10;

/** Why they are looked at in another way than in other lists, for the reader of the Terraform. */
const AS_ONE_TEXT = `Terraform compiles a pattern with every call, and works messages out even of what is right: so the names are one text in JSON, from which the right ones are taken out. The message has ${MOST_SHOWN} wrong ones at most; they are the only item of a list, whose for gives them a name.`;

/** A string in JSON, or none. */
const JSON_STRING = '"(?:[^"\\\\]|\\\\.)*"|null';

/**
 * Says what {@link everyRule} says, of thousands of strings, without a call for each.
 *
 * @param rule with its length in its pattern
 */
export function everyOfManyRule(
  rule: ValueRule & { readonly maxLength?: never },
  { of, what, holding }: ManyStrings,
): TerraformRule[] {
  const { pattern, forbidden, requirement, refused } = rule;
  const { patternRequirement = requirement, forbiddenBecause = requirement } = rule;
  const all = `jsonencode(${of})`;
  const others = `replace(${all}, "/${inQuotes(inJson(pattern))},?/", "")`;
  const forbiddenOnes = `regexall(join("|", ${hclStrings(alternatives(forbidden ?? "").map(inJson))}), ${all})`;
  return [
    {
      ...wrongOnesRule({
        condition: `${others} == "[]"`,
        wrong: `regexall("${inQuotes(JSON_STRING)}", ${others})`,
        what,
        wayOut: patternRequirement,
        ...exampleOf(refused?.pattern, holding),
      }),
      comment: AS_ONE_TEXT,
    },
    ...(forbidden === undefined
      ? []
      : [
          wrongOnesRule({
            condition: `length(${forbiddenOnes}) == 0`,
            wrong: forbiddenOnes,
            what,
            wayOut: forbiddenBecause,
            ...exampleOf(refused?.forbidden, holding),
          }),
        ]),
  ];
}

/** A condition, and how the strings that break it are named. */
interface WrongOnesRule extends Pick<ItemsRule, "what" | "wayOut" | "refused"> {
  readonly condition: string;
  /** Those that break it, in JSON: an expression for a list. */
  readonly wrong: string;
}

function wrongOnesRule({ condition, wrong, what, wayOut, refused }: WrongOnesRule): TerraformRule {
  const rest = `. ${sentence(wayOut)}`;
  return {
    condition: `\${${condition}}`,
    errorMessage: `\${join("", [for wrong in [${wrong}] : "${inQuotes(what)}: ${SHOWN}${inQuotes(rest)}"])}`,
    ...refusedBy(refused, what, rest),
  };
}

/** The first of those that are wrong, and how many more there are. */
const SHOWN = [
  `\${join(", ", slice(wrong, 0, min(${MOST_SHOWN}, length(wrong))))}`,
  `\${length(wrong) > ${MOST_SHOWN} ? " and \${length(wrong) - ${MOST_SHOWN}} more" : ""}`,
].join("");

/**
 * A pattern for a whole string of a list in JSON, in place of one for the string: with its quotes, up to which it reaches
 * where it has no anchor, and without a group of its own.
 */
function inJson(pattern: string): string {
  const [, start, inner = "", end] = /^(\^?)(.*?)(\$?)$/s.exec(pattern) ?? [];
  const groupless = partsOf(inner).map((part, index, all) =>
    part === "(" && all[index + 1] !== "?" ? "(?:" : part,
  );
  return `"${start ? "" : '[^"]*'}${groupless.join("")}${end ? "" : '[^"]*'}"`;
}

/** What stands between the `|` of a pattern that are in no brackets. */
function alternatives(pattern: string): string[] {
  const found = [""];
  let depth = 0;
  for (const part of partsOf(pattern)) {
    depth += part === "(" ? 1 : part === ")" ? -1 : 0;
    if (part === "|" && depth === 0) {
      found.push("");
    } else {
      found.push(`${found.pop()}${part}`);
    }
  }
  return found;
}

/** The characters of a pattern; a class, and what a backslash stands before, is one. */
function partsOf(pattern: string): readonly string[] {
  return pattern.match(/\\.|\[(?:\\.|[^\]])*\]|./gs) ?? [];
}
