import { partitionOfRegion } from "../terraform/partition.js";
import { Unknown } from "../terraform-expression/unknown.js";

/** The pseudo parameters that can be given, as parameters can. */
export const GIVEN_PSEUDO: ReadonlySet<string> = new Set([
  "AWS::AccountId",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackName",
]);

/** How each is given where the template does not tell it. */
const HOW: Readonly<Record<string, string>> = {
  "AWS::AccountId": "--account NUMBER",
  "AWS::Region": "--parameter AWS::Region=REGION",
  "AWS::StackName": "--parameter AWS::StackName=NAME",
};

/** Those that AWS makes up, and that nobody can give. */
const MADE_UP: ReadonlySet<string> = new Set(["AWS::NotificationARNs", "AWS::StackId"]);

/** Why a text is not told where nothing but the account of the stack is missing. */
export const ACCOUNT_NOT_TOLD = "the account of the stack is not told";

/** Why something is not told that is made from another value, or chosen by it, and is not that value. */
export function reasonOfMade(reason: string): string {
  return reason === ACCOUNT_NOT_TOLD
    ? "it depends on the account of the stack, which is not told"
    : reason;
}

/**
 * The value of a pseudo parameter; undefined where it is none, or AWS::NoValue.
 *
 * @param given what is given
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
 */
export function pseudoParameter(
  name: string,
  given: ReadonlyMap<string, string>,
): string | Unknown | undefined {
  const value = given.get(name);
  if (value !== undefined && GIVEN_PSEUDO.has(name)) {
    return value;
  }
  switch (name) {
    case "AWS::Partition":
      return partitionOfRegion(given.get("AWS::Region")) ?? "aws";
    case "AWS::URLSuffix":
      return pseudoParameter("AWS::Partition", given) === "aws-cn"
        ? "amazonaws.com.cn"
        : "amazonaws.com";
    case "AWS::AccountId":
      return notTold(name, ACCOUNT_NOT_TOLD);
    case "AWS::Region":
      return notTold(name, "the region of the stack is not told");
    case "AWS::StackName":
      return notTold(name, "the name of the stack is not told");
    default:
      return MADE_UP.has(name)
        ? new Unknown(`${name} is known only after the deployment`)
        : undefined;
  }
}

function notTold(name: string, reason: string): Unknown {
  const give = HOW[name];
  return new Unknown(reason, [], give === undefined ? {} : { give });
}
