import type { ApiAnswer, CallAnswer, Verification } from "../answer.js";
import { partName } from "../part.js";
import { printable } from "./printable.js";
import { type Report, TOOL } from "./report.js";
import { brief, profileName, whoIs } from "./standing-line.js";
import { nameOf } from "./tasks.js";

/** How many lines a test case has at most. */
const MOST_LINES = 100;

/** A test case: an API, or something else that has to hold. */
interface Case {
  readonly name: string;
  /** What fails it, in lines. */
  readonly failure?: readonly string[] | undefined;
  /** What keeps it from being told, in lines. */
  readonly error?: readonly string[] | undefined;
  /** Why it does not count, in lines. */
  readonly skipped?: readonly string[] | undefined;
  /** What is good to know, in lines. */
  readonly output?: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/**
 * What was found, as JUnit's XML: a suite for each principal, a case for each API and for what else has to hold.
 * A failure ends `verify` with 1; an error is what is not told, and without a failure ends it with 3.
 */
export function junitReport(report: Report): string {
  const { verified, incomplete } = report.reading;
  const suites = [
    ...verified.map((one) => suiteOf(one, report)),
    ...(verified.some(({ standing }) => standing === "meant") ? [] : [nobody(report)]),
    ...(incomplete === undefined ? [] : [notAll(incomplete, report)]),
  ];
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${TOOL} verify" ${countsOf(cases)}>`,
    ...suites.flatMap((suite, index) => [
      `  <testsuite name="${attribute(suite.name)}" ${countsOf(suite.cases)} skipped="${suite.cases.filter(({ skipped }) => skipped !== undefined).length}">`,
      ...(index === 0 ? notLookedAtLines(report.reading.notLookedAt) : []),
      ...suite.cases.flatMap((one) => caseLines(one, suite.name)),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ].join("\n");
}

/** What was not given, as a property of the first suite: it is no case, for it changes no answer. */
function notLookedAtLines(kinds: readonly string[]): readonly string[] {
  return kinds.length === 0
    ? []
    : [
        "    <properties>",
        `      <property name="not looked at" value="${attribute(kinds.join(", "))}"/>`,
        "    </properties>",
      ];
}

function nobody({ file }: Report): Suite {
  const error = ["As far as the file says, nobody in it is there for Remotion."];
  return { name: brief(file), cases: [{ name: "somebody is there for Remotion", error }] };
}

function notAll(incomplete: string, report: Report): Suite {
  const name = "the file has everybody";
  return { name: brief(report.file), cases: [{ name, ...untold([incomplete], report) }] };
}

function suiteOf(verification: Verification, report: Report): Suite {
  const { apis, findings, standing, part } = verification;
  const cases = [
    ...findings.map(({ answer, sentence, give }): Case => {
      const lines = [sentence, ...(give === undefined ? [] : [`give: ${give}`])];
      return {
        name: sentence,
        ...(answer === "missing" ? { failure: lines } : untold(lines, report)),
      };
    }),
    ...apis.map((api) => apiCase(api, verification, report)),
    ...grantCases(verification, report),
  ];
  return {
    name: `${whoIs(verification)}, as ${partName(part)}, ${profileName(verification)}`,
    cases: standing === "meant" ? cases : cases.map(failingNothing),
  };
}

/** What is not told of somebody, as far as that counts. */
function untold(lines: readonly string[], { strictness: { allowUntold } }: Report): Partial<Case> {
  return allowUntold ? { skipped: lines } : { error: lines };
}

function apiCase(api: ApiAnswer, verification: Verification, report: Report): Case {
  const name = nameOf(api);
  if (api.answer === "allowed") {
    return { name };
  }
  const { accepted, strictness } = report;
  const open = api.calls.filter((call) => call.answer !== "allowed");
  const linesOf = (counts: (call: CallAnswer) => boolean) =>
    open.filter((call) => counts(call) && !accepted.has(verification, call)).map(callLine);
  const fails = linesOf(
    ({ answer }) => answer === "missing" || (answer === "tolerated" && strictness.tolerated),
  );
  const isUntold = linesOf(({ answer }) => answer === "untold");
  const others = [
    ...(strictness.tolerated ? [] : linesOf(({ answer }) => answer === "tolerated")),
    ...open.flatMap((call) => {
      const found = accepted.find(verification, call);
      return found === undefined
        ? []
        : [`${callLine(call)}; accepted until ${found.until}: ${found.reason}`];
    }),
  ];
  return {
    name,
    ...(isUntold.length === 0 ? {} : untold(isUntold, report)),
    // What fails is worse than what is not told.
    ...(fails.length === 0
      ? {}
      : { failure: [...fails, ...isUntold], error: undefined, skipped: undefined }),
    ...(others.length === 0 ? {} : { output: others }),
  };
}

function callLine(call: CallAnswer): string {
  const { action, resource, because = "", where, when, input, give, consequence } = call;
  return [
    `${action} on ${resource}: ${because}${where === undefined ? "" : `, in ${where.join("; ")}`}`,
    ...(when === undefined ? [] : [`needed when: ${when}`]),
    ...(input === undefined ? [] : [`module input: ${input}`]),
    ...(give === undefined ? [] : [`give: ${give}`]),
    ...(consequence === undefined ? [] : [`Remotion goes on: ${consequence}`]),
  ].join("; ");
}

function grantCases(verification: Verification, { strictness, accepted }: Report): readonly Case[] {
  const { excess, forbidden, part } = verification;
  const caseOf = (name: string, grants: typeof excess): readonly Case[] => {
    const open = grants.filter((grant) => !accepted.has(verification, grant));
    const failure = open.map(
      ({ policy, action, resource }) => `${action} on ${resource} (${policy})`,
    );
    return failure.length === 0 ? [] : [{ name, failure }];
  };
  return [
    ...caseOf("nothing that is forbidden", forbidden),
    ...(strictness.excess ? caseOf(`nothing beyond the profile ${part.profile}`, excess) : []),
  ];
}

/** A case of somebody who may call by wildcards alone. */
function failingNothing({ name, failure = [], error = [], skipped = [], output }: Case): Case {
  const lines = [...failure, ...error, ...skipped];
  return {
    name,
    ...(lines.length === 0 ? {} : { skipped: ["It fails nothing:", ...lines] }),
    ...(output === undefined ? {} : { output }),
  };
}

function countsOf(cases: readonly Case[]): string {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const errors = cases.filter(({ error }) => error !== undefined).length;
  return `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
}

function caseLines(one: Case, suite: string): readonly string[] {
  const { name, skipped, error, failure, output } = one;
  const opening = `    <testcase classname="${attribute(suite)}" name="${attribute(brief(name))}"`;
  const inside = [
    ...(skipped === undefined ? [] : [`      <skipped>${body(skipped)}</skipped>`]),
    ...(error === undefined ? [] : element("error", "untold", error)),
    ...(failure === undefined ? [] : element("failure", "missing", failure)),
    ...(output === undefined ? [] : [`      <system-out>${body(output)}</system-out>`]),
  ];
  return inside.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...inside, "    </testcase>"];
}

function element(name: "error" | "failure", type: string, lines: readonly string[]): string[] {
  const message = attribute(brief(lines[0] ?? ""));
  return [`      <${name} type="${type}" message="${message}">${body(lines)}</${name}>`];
}

/** Lines between two tags: a line of a log begins with none of them. */
function body(lines: readonly string[]): string {
  const further = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES).map((line) => escapedXml(printable(line))),
    ...(further > 0 ? [`and ${further} more`] : []),
  ].join("\n");
}

function attribute(text: string): string {
  return escapedXml(printable(text));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapedXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
