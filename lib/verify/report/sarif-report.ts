import type { Excess, Finding, Verification } from "../answer.js";
import { listed } from "../listed.js";
import { jsonText } from "./json-text.js";
import { notLookedAtLine } from "./not-looked-at.js";
import { printable } from "./printable.js";
import { type Report, TOOL } from "./report.js";
import { brief, profileName, whoIs } from "./standing-line.js";
import { type Lack, type Task, tasksOf } from "./tasks.js";

/** GitHub refuses a run with more results. */
const MOST_RESULTS = 25_000;

type Level = "error" | "warning" | "note";

/** The rules that a result is of. */
const RULES = {
  missing: "Something that Remotion needs is denied, and Remotion stops there.",
  untold: "What decides it is not in the file, or is known only after the apply.",
  tolerated: "Something is denied, and Remotion goes on without it.",
  excess: "More is granted than the profile has.",
  forbidden: "An action is granted that nobody is to have.",
  nobody: "Nobody in the file is there for Remotion.",
} as const;

type Rule = keyof typeof RULES;

interface Found {
  readonly rule: Rule;
  readonly level: Level;
  readonly text: string;
  /** What tells it from the others of the same principal. */
  readonly about: string;
  /** Why it is accepted. @default it is not */
  readonly accepted?: string;
}

/**
 * What was found of those who are there for Remotion, in the Static Analysis Results Interchange Format 2.1.0: a
 * result for each action that is missing, untold, tolerated, in excess or forbidden, and for each other finding.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifReport(report: Report): string {
  const { reading, outcome, version } = report;
  const meant = reading.verified.filter(({ standing }) => standing === "meant");
  const results: object[] = [];
  let further = 0;
  for (const verification of meant) {
    const found = foundOf(verification, report);
    const room = Math.max(0, MOST_RESULTS - results.length);
    results.push(...found.slice(0, room).map((one) => resultOf(one, report.file, verification)));
    further += Math.max(0, found.length - room);
  }
  if (meant.length === 0) {
    results.push(resultOf(NOBODY, report.file));
  }
  if (reading.incomplete !== undefined) {
    results.push(resultOf(incomplete(reading.incomplete, report), report.file));
  }
  return jsonText({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: TOOL,
            version,
            rules: Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } })),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            exitCode: outcome.exitCode,
            ...notifications(reading.notLookedAt, further),
          },
        ],
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  });
}

const NOBODY: Found = { rule: "nobody", level: "warning", text: RULES.nobody, about: "" };

function incomplete(text: string, report: Report): Found {
  return { rule: "untold", level: untoldLevel(report), text, about: "all of the file" };
}

function notifications(notLookedAt: readonly string[], further: number): object {
  const all = [
    ...(notLookedAt.length === 0
      ? []
      : [{ level: "note", message: { text: notLookedAtLine(notLookedAt) } }]),
    ...(further === 0 ? [] : [leftOut(further)]),
  ];
  return all.length === 0 ? {} : { toolExecutionNotifications: all };
}

function leftOut(further: number): object {
  return {
    level: "warning",
    message: { text: `${further} more results are left out: --format json has all of them.` },
  };
}

function foundOf(verification: Verification, report: Report): readonly Found[] {
  const { findings, apis, excess, forbidden } = verification;
  const { strictness } = report;
  const level = strictness.excess ? "error" : "note";
  return [
    ...findings.map((finding) => foundFinding(finding, report)),
    ...tasksOf(apis).flatMap((task) =>
      task.lacks.map((lack) => foundLack(lack, task, verification, report)),
    ),
    ...forbidden.map((one) => foundGrant("forbidden", "error", one, verification, report)),
    ...excess.map((one) => foundGrant("excess", level, one, verification, report)),
  ];
}

function untoldLevel({ strictness: { allowUntold } }: Report): Level {
  return allowUntold ? "note" : "warning";
}

function foundFinding({ answer, sentence, give }: Finding, report: Report): Found {
  return {
    rule: answer,
    level: answer === "missing" ? "error" : untoldLevel(report),
    text: `${sentence}.${give === undefined ? "" : ` Give: ${give}.`}`,
    about: sentence,
  };
}

const TO_DO = { missing: "Module input", untold: "Give", tolerated: "Remotion goes on" } as const;

function foundLack(
  { action, resources, because, where, shortApis, when }: Lack,
  { answer, what, security }: Task,
  verification: Verification,
  report: Report,
): Found {
  const { strictness, accepted } = report;
  const tolerated = strictness.tolerated ? "error" : security ? "warning" : "note";
  const levels = { missing: "error", untold: untoldLevel(report), tolerated } as const;
  const place = where === undefined ? "" : `, in ${where.join("; ")}`;
  const reasons = resources.map(
    (resource) => accepted.find(verification, { action, resource })?.reason,
  );
  return {
    rule: answer,
    level: levels[answer],
    text: [
      `${action} on ${listed(resources.map(brief), 3)}: ${because}${place}.`,
      `Needed for ${listed(shortApis, 5, "; ")}${when.length === 0 ? "." : ` when: ${listed(when, 3, " ")}`}`,
      `${TO_DO[answer]}: ${what}`,
    ].join(" "),
    about: [action, resources[0], ...(where ?? [])].join(" "),
    ...(reasons.includes(undefined) ? {} : { accepted: [...new Set(reasons)].join(" ") }),
  };
}

function foundGrant(
  rule: "forbidden" | "excess",
  level: Level,
  { policy, action, resource }: Excess,
  verification: Verification,
  { accepted }: Report,
): Found {
  const reason = accepted.find(verification, { action, resource })?.reason;
  const beyond = rule === "excess" ? `, beyond the ${profileName(verification)}` : "";
  return {
    rule,
    level,
    text: `${action} on ${resource} is granted by ${policy}${beyond}.`,
    about: [action, resource, policy].join(" "),
    ...(reason === undefined ? {} : { accepted: reason }),
  };
}

function resultOf(found: Found, file: string, verification?: Verification): object {
  const { rule, level, text, about, accepted } = found;
  const who = verification === undefined ? "" : `${whoIs(verification)}: `;
  const name = verification?.address || verification?.principal || file;
  return {
    ruleId: rule,
    level,
    message: { text: plain(`${who}${text}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: printable(brief(name)), kind: "resource" }],
      },
    ],
    partialFingerprints: {
      "grant/v1": printable([rule, brief(name), brief(about)].join(" ")),
    },
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: printable(accepted) }] }),
  };
}

/**
 * A text as a message that is shown as it is: braces stand twice, as one alone is a placeholder, and what would be
 * a link is none.
 */
function plain(text: string): string {
  return printable(text).replace(/[{}]/g, "$&$&").replaceAll("](", "]\\u0028");
}

/** A path as a reference. */
function uriOf(file: string): string {
  if (file === "-") {
    return "standard-input";
  }
  const path = printable(file).replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
