import { PolicyError } from "../iam/evaluate/errors.js";
import { compileTrustPolicy, evaluateTrust, trusteesOf } from "../iam/evaluate/trust.js";
import { requestKeys } from "../remotion/request-keys.js";
import type { Principal } from "../terraform/principal.js";
import type { Finding } from "./answer.js";
import { type CheckedScope, SAMPLE_ACCOUNT, sampleRegion } from "./checked-scope.js";
import { listed } from "./listed.js";
import { giveOf, sentenceOfCause } from "./reason.js";
import { taken } from "./taken-policy.js";
import type { VerifyOptions } from "./verify-options.js";

/** What a trust policy says to Lambda. */
interface LambdaTrust {
  readonly answer: "allowed" | "missing" | "untold";
  /** Whether nobody but Lambda is trusted. */
  readonly alone: boolean;
  /** Why Lambda may not assume the role, or why that is not told. */
  readonly because: string;
  /** What to give. Of what is untold. */
  readonly give: string;
}

/** Lambda as a principal. */
const LAMBDA = "lambda.amazonaws.com";

/** Whether a service is Lambda, by its name in whichever partition. */
function isLambda(service: string): boolean {
  return service === LAMBDA || service === `${LAMBDA}.cn`;
}

/** Where Lambda assumes a role. */
interface TrustSite {
  readonly account: string;
  readonly accountIsKnown: boolean;
  readonly partition: string;
  /** Empty where no region is told. */
  readonly regions: readonly string[];
  readonly now: Date;
}

/** Who of a file's roles trusts Lambda; each trust policy is evaluated once in each account and region. */
export class LambdaTrusts {
  readonly #options: Pick<VerifyOptions, "scope" | "now">;
  readonly #known = new Map<unknown, Map<string, LambdaTrust>>();

  readonly #isInForce: boolean;

  /** @param isInForce whether the trust policies are those that AWS has, and whatever it would refuse is another */
  constructor(options: Pick<VerifyOptions, "scope" | "now">, isInForce: boolean) {
    this.#options = options;
    this.#isInForce = isInForce;
  }

  /** @param regions where Remotion is used. @default those that options name */
  of({ trust, arn }: Principal, regions = this.#options.scope.regions ?? []): LambdaTrust {
    const site = this.#site(arn, regions);
    const known = this.#known.get(trust) ?? new Map<string, LambdaTrust>();
    this.#known.set(trust, known);
    const key = [site.account, site.accountIsKnown, site.partition, ...regions].join(" ");
    const answer = known.get(key) ?? lambdaTrust(trust, site, this.#isInForce);
    known.set(key, answer);
    return answer;
  }

  #site(arn: string | undefined, regions: readonly string[]): TrustSite {
    const { scope, now } = this.#options;
    const [, partition = "aws", , , own = ""] = arn?.split(":") ?? [];
    const account = scope.accountId ?? (/^\d{12}$/.test(own) ? own : undefined);
    return {
      account: account ?? SAMPLE_ACCOUNT,
      accountIsKnown: account !== undefined,
      partition: scope.partition ?? (partition === "*" ? "aws" : partition),
      regions,
      now,
    };
  }

  /**
   * What is wrong with the trust of the role of Remotion's functions; nothing where nothing is.
   *
   * @param scope where the role is checked
   */
  findingOf(principal: Principal, { narrowed, regions }: CheckedScope): Finding[] {
    const { answer, because, give } = this.of(
      principal,
      narrowed.includes("region") ? regions : undefined,
    );
    if (principal.kind !== "role" || answer === "allowed") {
      return [];
    }
    return answer === "missing"
      ? [{ answer, sentence: `Lambda cannot assume it: ${because}` }]
      : [{ answer, sentence: `Whether Lambda can assume it is not told: ${because}`, give }];
  }
}

function lambdaTrust(trust: unknown, site: TrustSite, isInForce: boolean): LambdaTrust {
  if (trust === undefined) {
    const because = "its trust policy is not in the file";
    return {
      answer: "untold",
      alone: false,
      because,
      give: "the state, or the plan after the apply",
    };
  }
  try {
    const compile = (document: unknown) => compileTrustPolicy(document, "the trust policy");
    const policy = isInForce ? taken(trust, compile) : compile(trust);
    const { services, principals, federated, anybody, untold } = trusteesOf(policy);
    const others = [...principals, ...federated, ...services.filter((name) => !isLambda(name))];
    const alone = services.some(isLambda) && others.length === 0 && !anybody && untold.length === 0;
    const evaluations = requestsOfLambda(site).map((keys) =>
      evaluateTrust({ action: ASSUME_ROLE, by: { service: LAMBDA }, ...keys }, policy),
    );
    const missing = evaluations.find(({ decision }) => /denied$/.test(decision));
    if (missing !== undefined) {
      const because =
        missing.decision === "explicitly denied"
          ? "its trust policy denies it"
          : notAllowed(services, others);
      return { answer: "missing", alone, because, give: "" };
    }
    const causes = evaluations.flatMap((evaluation) =>
      evaluation.decision === "untold" ? evaluation.because : [],
    );
    return causes.length === 0
      ? { answer: "allowed", alone, because: "", give: "" }
      : {
          answer: "untold",
          alone,
          because: [...new Set(causes.map(sentenceOfCause))].join("; "),
          give: [...new Set(causes.map(giveOf))].join(", "),
        };
  } catch (error) {
    if (error instanceof PolicyError) {
      return {
        answer: "missing",
        alone: false,
        because: `IAM refuses it: ${error.message}`,
        give: "",
      };
    }
    throw error;
  }
}

function notAllowed(services: readonly string[], others: readonly string[]): string {
  if (services.some(isLambda)) {
    return `its trust policy allows ${LAMBDA} to ${ASSUME_ROLE} only under conditions that are not met`;
  }
  return others.length === 0
    ? `its trust policy does not allow ${LAMBDA} to ${ASSUME_ROLE}`
    : `its trust policy names ${listed([...new Set(others)])}, and not ${LAMBDA}`;
}

const ASSUME_ROLE = "sts:AssumeRole";

const REGION = "aws:requestedregion";

/** The keys of Lambda's requests for a role, in each region. */
function requestsOfLambda({ regions, ...site }: TrustSite) {
  const { account, partition } = site;
  const keysIn = (region: string) =>
    requestKeys({
      ...site,
      action: ASSUME_ROLE,
      resource: `arn:${partition}:iam::${account}:role/name`,
      region,
      byService: LAMBDA,
    });
  if (regions.length > 0) {
    return regions.map(keysIn);
  }
  const { context, untold } = keysIn(sampleRegion(partition));
  const { [REGION]: _sampled, ...told } = context;
  return [{ context: told, untold: [...untold, REGION] }];
}
