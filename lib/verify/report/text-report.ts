import type { ApiAnswer, Excess, Finding, Verification } from "../answer.js";
import { listed } from "../listed.js";
import type { VerifiedReading } from "../verify-reading.js";
import { widestFirst } from "./excess-order.js";
import { printable } from "./printable.js";
import { standingLine, whoIs } from "./standing-line.js";
import { type Lack, nameOf, type OpenAnswer, type Task, tasksOf } from "./tasks.js";

/** How many of each are written unless all are asked for. Lines of principals are never left out. */
const MOST = {
  groups: 20,
  names: 3,
  findings: 10,
  lacks: 25,
  resources: 2,
  apis: 3,
  when: 2,
  beside: 5,
};

type Most = Readonly<typeof MOST>;

const ALL: Most = {
  groups: Number.POSITIVE_INFINITY,
  names: Number.POSITIVE_INFINITY,
  findings: Number.POSITIVE_INFINITY,
  lacks: Number.POSITIVE_INFINITY,
  resources: Number.POSITIVE_INFINITY,
  apis: Number.POSITIVE_INFINITY,
  when: Number.POSITIVE_INFINITY,
  beside: Number.POSITIVE_INFINITY,
};

/**
 * The report for a reader in a hurry: first a line for each principal; then what is to be done, once for all who
 * lack the same; then what they have in excess, and what is good to know.
 *
 * @param all whether nothing is cut, and what is allowed is told, too, with the reasons for each part @default false
 */
export function textReport({ verified }: VerifiedReading, all = false): string {
  const most = all ? ALL : MOST;
  // Who may call by wildcards alone has nothing to do.
  const told = all ? verified : verified.filter(({ standing }) => standing === "meant");
  const groups = grouped(told, openKey).map((group) => openLines(group, most, all));
  const beside = grouped(told, besideKey).map((group) => besideLines(group, most));
  return [
    ...verified.flatMap((one) => [
      standingLine(one),
      ...(all ? one.reasons.map((reason) => `  Because: ${reason}`) : []),
    ]),
    ...blocks(groups, most),
    ...blocks(beside, most),
  ]
    .map(printable)
    .join("\n");
}

/** Blocks of lines, each behind an empty line. */
function blocks(groups: readonly (readonly string[])[], { groups: most }: Most): readonly string[] {
  const written = groups.filter((lines) => lines.length > 0);
  const further = written.length - most;
  return [
    ...written.slice(0, most).flatMap((lines) => ["", ...lines]),
    ...(further > 0
      ? ["", `And ${further} more of whom there is something to say: --all, or --principal NAME`]
      : []),
  ];
}

/** V8 tells longer texts apart by their length alone, so that a map of them is as slow as a list. */
const MAX_KEY_LENGTH = 16_000;

/** Principals of whom the same is said, in the order of the first of each. */
function grouped(
  verified: readonly Verification[],
  keyOf: (verification: Verification) => string,
): readonly (readonly [Verification, ...Verification[]])[] {
  const groups = new Map<Verification["apis"], Map<string, [Verification, ...Verification[]]>>();
  const all: [Verification, ...Verification[]][] = [];
  for (const verification of verified) {
    const key = keyOf(verification);
    const ofApis = groups.get(verification.apis) ?? new Map();
    groups.set(verification.apis, ofApis);
    const group = ofApis.get(key);
    if (group === undefined) {
      const first: [Verification] = [verification];
      all.push(first);
      if (key.length <= MAX_KEY_LENGTH) {
        ofApis.set(key, first);
      }
    } else {
      group.push(verification);
    }
  }
  return all;
}

function openKey({ part, findings }: Verification): string {
  return JSON.stringify([part, findings]);
}

function besideKey({ part, excess, notes }: Verification): string {
  return JSON.stringify([part.profile, excess, notes]);
}

type Group = readonly [Verification, ...Verification[]];

/** Who it is about, as the head of a block. */
function heading(group: Group, { names }: Most): string {
  return `${listed(group.map(whoIs), names)}:`;
}

/** What is to be done, and with all of it also what is allowed. */
function openLines(group: Group, most: Most, all: boolean): readonly string[] {
  const [{ apis, findings, reasons }] = group;
  const tasks = tasksOf(apis);
  const open = tasks.length + findings.length > 0;
  if (!open && !all) {
    return [];
  }
  const isLacking = findings.length > 0 || tasks.some(({ answer }) => answer !== "tolerated");
  return [
    heading(group, most),
    // Another profile may be the right one: who it is for knows better than the policies.
    ...(isLacking && !all ? reasons.slice(1).map((reason) => `  ${reason}`) : []),
    ...cut(findings, most.findings, "findings", findingLines),
    ...tasks.flatMap((task) => taskLines(task, most)),
    ...(all ? apis.map(apiLine) : []),
  ];
}

const LABELS: Readonly<Record<ApiAnswer["answer"], string>> = {
  allowed: "allowed",
  missing: "MISSING",
  tolerated: "warning",
  untold: "untold ",
};

function apiLine(api: ApiAnswer): string {
  return `  ${LABELS[api.answer]}  ${nameOf(api)}`;
}

function findingLines({ answer, sentence, give }: Finding): readonly string[] {
  return [
    `  ${LABELS[answer]}  ${sentence}`,
    ...(give === undefined ? [] : [`           give: ${give}`]),
  ];
}

/** What stands before what is to be done. */
const TO_DO: Readonly<Record<OpenAnswer, string>> = {
  missing: "module input: ",
  untold: "give: ",
  tolerated: "Remotion goes on: ",
};

function taskLines({ answer, what, security, lacks }: Task, most: Most): readonly string[] {
  const toDo = security ? `SECURITY: ${what}` : `${TO_DO[answer]}${what}`;
  return [
    `  ${LABELS[answer]}  ${toDo}`,
    ...cut(lacks, most.lacks, "actions", (lack) => lackLines(lack, most)),
  ];
}

function lackLines(lack: Lack, { resources: most, apis, when }: Most): readonly string[] {
  const { action, resources, because, where } = lack;
  const [first = "", ...others] = resources;
  const names = Number.isFinite(apis) ? lack.shortApis : lack.apis;
  return [
    `      ${action} on ${first}: ${because}${where === undefined ? "" : `, in ${where.join("; ")}`}`,
    ...(others.length === 0 ? [] : [`        also on ${listed(others, most - 1)}`]),
    `        for ${listed(names, apis, "; ")}`,
    ...(lack.when.length === 0
      ? []
      : [`        needed when: ${listed(lack.when.map(withoutStop), when, "; ")}`]),
  ];
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, "");
}

/** What is granted beyond the profile, and what is good to know. */
function besideLines(group: Group, most: Most): readonly string[] {
  const [{ excess, notes, part }] = group;
  return excess.length + notes.length === 0
    ? []
    : [
        heading(group, most),
        ...(excess.length === 0 ? [] : [`  In excess of the profile ${part.profile}:`]),
        ...cut(widestFirst(excess), most.beside, "pairs", excessLine),
        ...cut(notes, most.beside, "notes", (note) => [`  Note: ${note}`]),
      ];
}

function excessLine({ policy, action, resource }: Excess): readonly string[] {
  return [`    ${action} on ${resource} (${policy})`];
}

/** Some of a list, and how many more there are. */
function cut<Item>(
  items: readonly Item[],
  most: number,
  what: string,
  linesOf: (item: Item) => readonly string[],
): readonly string[] {
  const further = items.length - most;
  return [
    ...items.slice(0, most).flatMap(linesOf),
    ...(further > 0 ? [`    and ${further} more ${what} (--all)`] : []),
  ];
}
