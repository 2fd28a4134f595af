import { type ElementDrift, type ListDrift, valuesOf } from "./policy-drift.js";
import type { PublishedStatement } from "./published-policy.js";
import type { ComparedPolicy, UpstreamDrift } from "./upstream-drift.js";

/** The drift as a person reads it: one line for each thing that one side has and the other has not. */
export function driftReport({ version, ours, policies }: UpstreamDrift): string {
  const blocks = policies
    .filter(({ drift }) => drift)
    .map((policy) => [heading(policy), ...policyLines(policy)].join("\n"));
  const legend = [
    `The policies of this project, which are those of Remotion ${ours}, and those of Remotion ${version}:`,
    `  + Remotion ${version} has it, we have not`,
    `  - we have it, Remotion ${version} has not`,
  ];
  return [legend.join("\n"), ...blocks].join("\n\n");
}

/** Our policies that a release writes in another order or form, in words; `undefined` where there are none. */
export function formNote({ version, policies }: UpstreamDrift): string | undefined {
  const names = policies.filter(({ onlyForm }) => onlyForm).map(nameOf);
  return names.length === 0
    ? undefined
    : `Remotion ${version} allows the same in another order or form: ${names.join("; ")}.`;
}

/** How a policy is called. */
function nameOf({ principal, partition }: ComparedPolicy): string {
  return `policy of the ${principal}, partition ${partition}`;
}

function heading(policy: ComparedPolicy): string {
  return `${nameOf(policy)}:`;
}

function policyLines({ added, removed, changed, elements }: ComparedPolicy): string[] {
  return [
    ...elementLines("", elements),
    ...changed.flatMap((statement) => {
      const label = labelOf(statement.sid);
      return [
        ...listLines(label, "action", statement.actions),
        ...listLines(label, "resource", statement.resources),
        ...elementLines(label, statement.elements),
      ];
    }),
    ...removed.flatMap((statement) => statementLines("-", statement)),
    ...added.flatMap((statement) => statementLines("+", statement)),
  ];
}

/** All lines of a statement that only one side has. */
function statementLines(sign: "+" | "-", statement: PublishedStatement): string[] {
  const { Sid, Action, Resource, ...others } = statement;
  const label = labelOf(Sid ?? null);
  return [
    `${label}whole statement`,
    ...valuesOf(Action).map((action) => `${label}action ${action}`),
    ...valuesOf(Resource).map((resource) => `${label}resource ${resource}`),
    ...Object.entries(others).map(
      ([element, value]) => `${label}${element} ${JSON.stringify(value)}`,
    ),
  ].map((line) => `  ${sign} ${line}`);
}

function listLines(label: string, what: string, { added, removed }: ListDrift): string[] {
  return [
    ...removed.map((item) => `  - ${label}${what} ${item}`),
    ...added.map((item) => `  + ${label}${what} ${item}`),
  ];
}

function elementLines(label: string, elements: readonly ElementDrift[]): string[] {
  return elements.flatMap(({ element, ...sides }) => [
    ...("ours" in sides ? [`  - ${label}${element} ${JSON.stringify(sides.ours)}`] : []),
    ...("theirs" in sides ? [`  + ${label}${element} ${JSON.stringify(sides.theirs)}`] : []),
  ]);
}

function labelOf(sid: string | null): string {
  return `${sid === null ? "(no Sid)" : `Sid ${sid}`}: `;
}
