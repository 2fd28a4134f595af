import type { UntoldCause } from "../iam/evaluate/deciding-statement.js";
import type { Evaluation } from "../iam/evaluate/evaluate.js";
import { keyDecidedBy } from "../remotion/request-keys.js";
import type { Denier } from "./denier.js";
import type { Evaluated } from "./evaluated.js";

/** What is said of why a request is not allowed, or not told. */
export interface Reason {
  readonly because: string;
  readonly deniedBy?: Denier;
  /** What to do, where the policies of the principal are not what it takes. */
  readonly hint?: string;
}

/** What refuses ACLs whatever policies say. */
const REFUSES_ACLS = {
  "object ownership": "disables ACLs",
  "public access block": "blocks public ACLs",
} as const;

/**
 * Why a request is not allowed, or not told.
 *
 * @param about whether the action is allowed on other resources, and the name of the boundary
 */
export function reasonOf(
  { evaluation, deniedBy, ofKey }: Evaluated,
  about: { readonly elsewhere: boolean; readonly boundary: string | undefined },
): Reason {
  const denier = deniedBy ?? denierOf(evaluation, about.boundary, ofKey?.policy);
  const elsewhere = ofKey === undefined && about.elsewhere;
  const because =
    deniedBy?.kind === "object ownership" || deniedBy?.kind === "public access block"
      ? `${deniedBy.policy} ${REFUSES_ACLS[deniedBy.kind]}, and S3 refuses the one that Remotion sends`
      : sentenceOf(evaluation, elsewhere);
  const hint = hintFor(evaluation, denier, ofKey?.action);
  return {
    because:
      ofKey === undefined
        ? because
        : `the bucket is encrypted by the key ${ofKey.name}, for which S3 asks for ${ofKey.action}: ${because}`,
    ...(denier === undefined ? {} : { deniedBy: denier }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function denierOf(
  evaluation: Evaluation,
  boundary: string | undefined,
  keyPolicy: string | undefined,
): Denier | undefined {
  switch (evaluation.decision) {
    case "explicitly denied": {
      const { policy, index, sid, kind } = evaluation.by;
      const own = policy === boundary ? "permissions boundary" : "identity policy";
      return { kind: kind ?? own, policy, statement: sid ?? `Statement[${index}]` };
    }
    case "implicitly denied":
      switch (evaluation.notAllowedBy) {
        case "permissions boundary":
          return { kind: "permissions boundary", policy: boundary ?? "" };
        case "service control policies":
          return { kind: "service control policy", policy: evaluation.level ?? "" };
        case "key policy":
          return { kind: "key policy", policy: keyPolicy ?? "" };
        default:
          return undefined;
      }
    default:
      return undefined;
  }
}

function sentenceOf(evaluation: Evaluation, elsewhere: boolean): string {
  switch (evaluation.decision) {
    case "explicitly denied": {
      const { policy, index, sid, kind } = evaluation.by;
      return kind === undefined
        ? `${policy}${sid === undefined ? "" : `, statement ${sid},`} denies it`
        : `denied by the ${kind} ${policy}, ${sid === undefined ? `Statement[${index}]` : `statement ${sid}`}`;
    }
    case "untold": {
      const causes = evaluation.because.map((cause) => {
        const { policy, sid, kind } = cause;
        return `${kind === undefined ? "" : `the ${kind} `}${policy}${sid === undefined ? "" : `, statement ${sid}`}: ${sentenceOfCause(cause)}`;
      });
      return [...new Set(causes)].join("; ");
    }
    case "implicitly denied":
      switch (evaluation.notAllowedBy) {
        case "permissions boundary":
          return "the permissions boundary does not allow it";
        case "service control policies":
          return evaluation.level === ""
            ? "no service control policy allows it"
            : `no service control policy of the level ${evaluation.level} allows it`;
        case "key policy":
          return "the key's policy does not allow it";
        default:
          return elsewhere ? "it is allowed on other resources only" : "no statement allows it";
      }
    case "allowed":
      return "";
  }
}

/** What to do where something else than the policies of the principal has to change. */
function hintFor(
  { decision }: Evaluation,
  denier: Denier | undefined,
  ofKey: string | undefined,
): string | undefined {
  switch (denier?.kind) {
    case "service control policy":
    case "resource control policy":
    case "bucket policy":
      return `none: the ${denier.kind} has to allow it, or to leave it out`;
    case "key policy":
      return "none: the key's policy has to allow it, or to leave it to the account's identity policies";
    case "object ownership":
      return 'none: the bucket has to take ACLs (ObjectWriter), or the output privacy: "no-acl"';
    case "public access block":
      return 'none: the bucket has to take public ACLs (block_public_acls = false), or the output privacy: "private"';
    case undefined:
      return ofKey === undefined || decision !== "implicitly denied"
        ? undefined
        : `output_buckets, with kms_key_arn; for a bucket of Remotion's own, a policy that allows ${ofKey}`;
    default:
      return undefined;
  }
}

/** What to give so that it is told. */
export function givenFor({ evaluation }: Evaluated): string {
  return evaluation.decision === "untold"
    ? [...new Set(evaluation.because.map(giveOf))].join(", ")
    : "";
}

/** Why something is not told: the evaluator takes each key that is untold for one that the caller's session decides. */
export function sentenceOfCause({ cause, key }: Pick<UntoldCause, "cause" | "key">): string {
  return key === undefined
    ? cause
    : cause.replace(/the caller's session$/, () => keyDecidedBy(key));
}

/** What to give so that it is told. */
export function giveOf({ give, key }: Pick<UntoldCause, "give" | "key">): string {
  if (key !== undefined && /^aws:(?:principal|resource)orgid$/i.test(key)) {
    return "--organization ID";
  }
  if (key !== undefined && /^aws:requestedregion$/i.test(key)) {
    return "--region";
  }
  return key !== undefined && keyDecidedBy(key).startsWith("the account,") ? "--account" : give;
}
