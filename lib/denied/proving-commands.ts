import { BUCKET_NAME, REGION, ROLE_NAME } from "../iam/rules.js";
import { keepsRule } from "../iam/value-rule.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { Holder } from "./allowed-by.js";
import type { AllowedBy } from "./answer.js";
import type { Asker } from "./asker.js";
import { bucketOf, isRemotionBucket } from "./calls-like.js";

const PROGRAM = "npx remotion-lambda-terraform";

/** Writes the plan that `verify` reads. */
export const SHOW_PLAN = "terraform plan -out=tfplan && terraform show -json tfplan > plan.json";

/** What `verify` calls each holder. */
const OPTIONS: Readonly<Record<Holder, string>> = {
  user: "--user",
  caller: "--caller",
  function: "--role",
};

/** Asks whether a plan allows what was denied. */
export function verifyCommands(
  holder: Holder,
  asker: Asker,
  resource = "*",
  allowed: readonly AllowedBy[] = [],
): string[] {
  const profile = allowed.map(({ profile }) => profile?.having[0]).find(Boolean);
  const name = nameFor(holder, asker);
  const bucket = bucketOf(resource);
  const role = passedName(resource);
  const options = [
    `${OPTIONS[holder]} ${name}${profile === undefined ? "" : `=${profile}`}`,
    ...regionOption(resource),
    ...(bucket === undefined || !keepsRule(BUCKET_NAME, bucket)
      ? []
      : bucketOption(bucket, allowed)),
    ...(role === undefined ? [] : [`--lambda-role-name ${role}`]),
  ];
  return [SHOW_PLAN, `${PROGRAM} verify plan.json ${options.join(" ")}`];
}

/** The same for everybody whom it may be. */
export function verifyAll(
  asker: Asker,
  resource: string | undefined,
  allowed: ReadonlyMap<Holder, readonly AllowedBy[]>,
): string[] {
  const commands = [...allowed].flatMap(([holder, modules]) =>
    verifyCommands(holder, asker, resource, modules),
  );
  return [...new Set(commands)];
}

/** Prints the policy of a holder. */
export function policyCommand(holder: Holder, profile: string): string {
  const principal = { user: "user", caller: "execution-role", function: "role" }[holder];
  return `${PROGRAM} policy ${principal} --profile ${profile}`;
}

/** Puts a decoded message before this program again. */
export const DECODE = `aws sts decode-authorization-message --encoded-message TEXT | ${PROGRAM} denied -`;

function nameFor(holder: Holder, { kind, name }: Asker): string {
  const kinds = { user: ["user"], caller: ["role"], function: ["role of the functions", "role"] };
  const isHolder = kinds[holder].includes(kind);
  const own = { user: DEFAULT_NAMES.user, caller: "NAME", function: DEFAULT_NAMES.lambdaRole };
  return isHolder && name !== undefined && keepsRule(ROLE_NAME, name) ? name : own[holder];
}

function regionOption(resource: string): string[] {
  const region = resource.split(":")[3] ?? "";
  return keepsRule(REGION, region) ? [`--region ${region}`] : [];
}

function bucketOption(bucket: string, allowed: readonly AllowedBy[]): string[] {
  const inputs = allowed.flatMap((one) => one.inputs);
  const access = inputs.map((input) => /access = "([a-z]+)"/.exec(input)?.[1]).find(Boolean);
  if (access !== undefined) {
    const acl = inputs.some((input) => input.includes("acl = true")) ? "+acl" : "";
    return [`--output-bucket ${bucket}:${access}${acl}`];
  }
  return isRemotionBucket(bucket) || allowed.length > 0 ? [`--bucket ${bucket}`] : [];
}

function passedName(resource: string): string | undefined {
  const name = /:role\/(?:[^:]{1,512}\/)?([^/:]{1,64})$/.exec(resource)?.[1];
  return name !== undefined && name !== DEFAULT_NAMES.lambdaRole && keepsRule(ROLE_NAME, name)
    ? name
    : undefined;
}
