import { PolicyError } from "../iam/evaluate/errors.js";
import { compileTrustPolicy, evaluateTrust, trusteesOf } from "../iam/evaluate/trust.js";
import type { Principal } from "../terraform/principal.js";
import type { Finding } from "./answer.js";
import { listed } from "./listed.js";

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

/** Who of a file's roles trusts Lambda; each trust policy is evaluated once. */
export class LambdaTrusts {
  readonly #known = new Map<unknown, LambdaTrust>();

  of({ trust }: Principal): LambdaTrust {
    const known = this.#known.get(trust) ?? lambdaTrust(trust);
    this.#known.set(trust, known);
    return known;
  }

  /** What is wrong with the trust of the role of Remotion's functions; nothing where nothing is. */
  findingOf(principal: Principal): Finding[] {
    const { answer, because, give } = this.of(principal);
    if (principal.kind !== "role" || answer === "allowed") {
      return [];
    }
    return answer === "missing"
      ? [{ answer, sentence: `Lambda cannot assume it: ${because}` }]
      : [{ answer, sentence: `Whether Lambda can assume it is not told: ${because}`, give }];
  }
}

function lambdaTrust(trust: unknown): LambdaTrust {
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
    const policy = compileTrustPolicy(trust, "the trust policy");
    const evaluation = evaluateTrust({ action: "sts:AssumeRole", by: { service: LAMBDA } }, policy);
    const { services, principals, federated, anybody, untold } = trusteesOf(policy);
    const others = [...principals, ...federated, ...services.filter((name) => !isLambda(name))];
    const alone = services.some(isLambda) && others.length === 0 && !anybody && untold.length === 0;
    switch (evaluation.decision) {
      case "allowed":
        return { answer: "allowed", alone, because: "", give: "" };
      case "untold":
        return {
          answer: "untold",
          alone,
          because: [...new Set(evaluation.because.map(({ cause }) => cause))].join("; "),
          give: [...new Set(evaluation.because.map(({ give }) => give))].join(", "),
        };
      case "explicitly denied":
        return { answer: "missing", alone, because: "its trust policy denies it", give: "" };
      case "implicitly denied": {
        const trusted = [...services, ...others].filter((name) => !isLambda(name));
        const because =
          trusted.length === 0
            ? `its trust policy does not allow ${LAMBDA} to sts:AssumeRole`
            : `its trust policy names ${listed([...new Set(trusted)])}, and not ${LAMBDA}`;
        return { answer: "missing", alone, because, give: "" };
      }
    }
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
