import {
  type ApiAnswer,
  type CallAnswer,
  type CheckedIn,
  type Verification,
  works,
} from "../answer.js";
import { partName } from "../part.js";
import { printable } from "./printable.js";

/** The lines about all APIs, for all who lack the same. */
interface ApiLines {
  /** How many APIs work. */
  readonly working: number;
  readonly text: string;
  /** Who had these lines first, by the lines that came after them. */
  readonly said: Map<string, string>;
}

/** V8 tells longer texts apart by their length alone, so that a map of them is as slow as a list. */
const MAX_KEY_LENGTH = 16_000;

/** Principals as lines for a reader. What was said of one is not said again: a file may have thousands. */
export class TextReport {
  readonly #apis = new Map<Verification["apis"], ApiLines>();

  /** What is said of a principal. */
  of(verification: Verification): string {
    const { principal, address, part, apis, standing } = verification;
    const who = printable(`${principal}${address === "" ? "" : ` (${address})`}`);
    const { working, text, said } = this.#linesOf(apis);
    const heading = `${who}, as ${partName(part)}, ${profileName(verification)}: ${working} of ${apis.length} allowed${standing === "able" ? ", and fails nothing" : ""}`;
    const reasons = verification.reasons.map((reason) => printable(`  Because: ${reason}`));
    const further = furtherLines(verification).map(printable).join("\n");
    const first = said.get(further);
    if (first !== undefined) {
      return [heading, ...reasons, `  the same as ${first}`].join("\n");
    }
    if (further.length <= MAX_KEY_LENGTH) {
      said.set(further, who);
    }
    return [
      heading,
      ...reasons,
      ...(further === "" ? [] : [further]),
      ...(text === "" ? [] : [text]),
    ].join("\n");
  }

  #linesOf(apis: Verification["apis"]): ApiLines {
    const known = this.#apis.get(apis);
    if (known !== undefined) {
      return known;
    }
    const lines = {
      working: apis.filter(works).length,
      text: apis.flatMap(linesOfApi).map(printable).join("\n"),
      said: new Map<string, string>(),
    };
    this.#apis.set(apis, lines);
    return lines;
  }
}

function profileName({ part }: Verification): string {
  return part.grantsAlone ? "grants alone" : `profile ${part.profile}`;
}

function furtherLines(verification: Verification): string[] {
  const { checkedIn, findings, excess, notes, part } = verification;
  return [
    ...checkedLines(checkedIn),
    ...findings.flatMap(({ answer, sentence, give }) => [
      `  ${LABELS[answer]}  ${sentence}`,
      ...(give === undefined ? [] : [`           give: ${give}`]),
    ]),
    ...(excess.length === 0 ? [] : [`  In excess of the profile ${part.profile}:`]),
    ...excess.map(({ policy, action, resource }) => `    ${action} on ${resource} (${policy})`),
    ...notes.map((note) => `  Note: ${note}`),
  ];
}

/** Where it is checked, when that is read from its policies. */
function checkedLines({ account, regions, buckets, functions, narrowed }: CheckedIn): string[] {
  const names = {
    account: [account],
    region: regions,
    bucket: buckets,
    function: functions,
  };
  return narrowed.length === 0
    ? []
    : [
        `  Checked in ${narrowed.flatMap((dimension) => names[dimension]).join(", ")}, to which it is narrowed`,
      ];
}

const LABELS: Readonly<Record<ApiAnswer["answer"], string>> = {
  allowed: "allowed",
  missing: "MISSING",
  tolerated: "warning",
  untold: "untold ",
};

function linesOfApi({ api, situation, answer, calls }: ApiAnswer): string[] {
  return [
    `  ${LABELS[answer]}  ${api}${situation === "any" ? "" : `, ${situation}`}`,
    ...calls.flatMap((call) => (call.answer === "allowed" ? [] : linesOfCall(call))),
  ];
}

function linesOfCall(call: CallAnswer): string[] {
  const { action, resource, because = "", where, when, input, give, consequence, security } = call;
  const places = where === undefined ? "" : `, in ${where.join("; ")}`;
  return [
    // A matter of security is said first.
    ...(consequence !== undefined && security ? [`           SECURITY: ${consequence}`] : []),
    `           ${action} on ${resource}: ${because}${places}`,
    ...(when === undefined ? [] : [`             needed when: ${when}`]),
    ...(input === undefined ? [] : [`             module input: ${input}`]),
    ...(give === undefined ? [] : [`             not told; give: ${give}`]),
    ...(consequence !== undefined && !security
      ? [`             Remotion goes on: ${consequence}`]
      : []),
  ];
}
