import { type Answer, type CheckedIn, type Verification, works } from "../answer.js";
import { listed } from "../listed.js";
import { onceEach } from "../once-each.js";
import { partName } from "../part.js";

/** Longer names and addresses are cut: a file may hold any. */
const LONGEST = 300;

/** How much of Remotion a principal may do: how many APIs, and of what else it needs. */
export interface Counts {
  /** APIs that work, those with a warning among them. */
  readonly working: number;
  readonly of: number;
  /** APIs and findings. */
  readonly missing: number;
  readonly untold: number;
  /** APIs that work, and do without something. */
  readonly warned: number;
}

/** The counts of a principal. */
export function countsOf({ apis, findings }: Verification): Counts {
  const { missing, untold, ...others } = apiCounts(apis);
  const found = (answer: Answer) => findings.filter((finding) => finding.answer === answer).length;
  return { ...others, missing: missing + found("missing"), untold: untold + found("untold") };
}

const apiCounts = onceEach((apis: Verification["apis"]): Counts => {
  const count = (answer: Answer) => apis.filter((api) => api.answer === answer).length;
  return {
    working: apis.filter(works).length,
    of: apis.length,
    missing: count("missing"),
    untold: count("untold"),
    warned: count("tolerated"),
  };
});

/** Who it is: its name, and where in Terraform. */
export function whoIs({ principal, address }: Pick<Verification, "principal" | "address">): string {
  return `${brief(principal)}${address === "" ? "" : ` (${brief(address)})`}`;
}

/** A name or an address, cut where it is longer than anybody reads. */
export function brief(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** One line about a principal: who it is, its part and profile, and how much of Remotion works. */
export function standingLine(verification: Verification): string {
  const { part, standing, checkedIn } = verification;
  const { working, of, missing, untold, warned } = countsOf(verification);
  return [
    `${whoIs(verification)}, as ${partName(part)}, ${profileName(verification)}: ${working} of ${of} allowed`,
    ...(missing === 0 ? [] : [`${missing} missing`]),
    ...(untold === 0 ? [] : [`${untold} untold`]),
    ...(warned === 0 ? [] : [`${warned} with a warning`]),
    ...checkedPlaces(checkedIn),
    ...(standing === "able" ? ["and fails nothing"] : []),
  ].join(", ");
}

/** The profile that a principal is held to. */
export function profileName({ part }: Pick<Verification, "part">): string {
  return part.grantsAlone ? "grants alone" : `profile ${part.profile}`;
}

/** Where it is checked, when that is read from its policies. */
function checkedPlaces({ account, regions, buckets, functions, narrowed }: CheckedIn): string[] {
  const names = {
    account: [account],
    region: regions,
    bucket: buckets,
    function: functions,
  };
  return narrowed.length === 0
    ? []
    : [
        `checked in ${listed(narrowed.flatMap((dimension) => names[dimension]))}, to which it is narrowed`,
      ];
}
