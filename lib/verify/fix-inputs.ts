import { type PolicyDocument, policyDocument } from "../iam/policy-document.js";
import { bucketGrantStatements } from "../remotion/bucket-grants.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import type { FixAbout } from "./fix.js";
import { moduleOfOurs } from "./meant.js";
import { candidatesIn, MAX_NAMES } from "./narrowing.js";
import type { NeededRequest } from "./needed-request.js";
import { referencePolicy } from "./reference-policy.js";
import { isAccessOf } from "./requirement.js";
import { namesAction, statementsOf } from "./statements.js";

/** The value of an input: a text, a list of texts, or a list of objects. */
type InputValue = string | readonly string[] | readonly Readonly<Record<string, unknown>>[];

/** The inputs of a module. */
type ModuleInputs = Readonly<Record<string, InputValue>>;

/** Inputs of the module that makes the principal, in place of what they are now. */
export interface FixInputs {
  /** Name of the module, as `remotion-user`. */
  readonly module: string;
  /** Address of the call of the module. */
  readonly address: string;
  /** What takes the place of what is there. */
  readonly inputs: ModuleInputs;
  /** What is added to the lists that are there. @default nothing */
  readonly additions?: ModuleInputs;
}

/** The input for the profile, by the module and what the principal is. */
const PROFILE_INPUT: Readonly<Record<string, string>> = {
  "remotion-user": "profile",
  "remotion-lambda-role": "profile",
  "remotion-executionrole-policy": "profile",
  "remotion-lambda user": "user_profile",
  "remotion-lambda role": "lambda_role_profile",
};

/**
 * The inputs with which the module that makes a principal gives it what is missing, and the policy that it then
 * writes. Undefined where no module of this project makes the principal, and where an input cannot say it.
 */
export function moduleInputs(
  { known, expectation, requester, given, outputBuckets }: FixAbout,
  missing: readonly NeededRequest[],
): { readonly fix: FixInputs; readonly document: PolicyDocument } | undefined {
  const { principal, policies } = known;
  const { part, scope } = expectation;
  const module = moduleOfOurs(principal);
  const [address] =
    /^(?:module\.[\w-]+(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?\.)+/.exec(principal.address) ?? [];
  if (module === undefined || address === undefined) {
    return undefined;
  }
  const isRole = part.actor === "user" && principal.kind === "role";
  const profile = PROFILE_INPUT[module] ?? PROFILE_INPUT[`${module} ${principal.kind}`];
  const own = principal.policies.filter((policy) => policy.address.startsWith(address));
  // A module that has no policy at this principal any more does not get one by an input.
  if (profile === undefined || isRole || part.grantsAlone || own.length === 0) {
    return undefined;
  }
  // Another policy's regions are none of the module's.
  const found = candidatesIn(own.map(({ document }) => document));
  const dimensions = [
    ["regions", "--region", found.region, scope.regions],
    ["bucket_names", "--bucket", found.bucket, scope.buckets],
    ["function_names", "--function", found.function, scope.functions],
  ] as const;
  // What a module is not narrowed by stays as it is; what it is narrowed to stays in the list.
  const lists = dimensions
    .filter(([, option, now]) => now.length > 0 && given.has(option))
    .map(([input, , now, checked]) => [input, [...new Set([...now, ...checked])]] as const);
  if (dimensions.some(([, , now]) => now.length >= MAX_NAMES)) {
    return undefined;
  }
  const isOtherAccount = found.account.length > 0 && !found.account.includes(scope.account);
  const [role] = requester.roles;
  const passes = missing.some(({ action }) => action === "iam:PassRole");
  // Its role is one of its own, so that it may pass another one by no input.
  const isAnother = policies.documents.some((document) =>
    statementsOf(document).some((statement) => namesAction(statement, "iam:PassRole")),
  );
  const isOwnRole = module === "remotion-lambda";
  if (passes && (role === undefined || (isOwnRole && isAnother))) {
    return undefined;
  }
  const buckets = outputBuckets.filter(
    (bucket) =>
      isAccessOf(part, bucket.access) &&
      bucketGrantStatements([bucket], scope.partition).some(({ Action, Resource }) =>
        missing.some(
          ({ action, template }) => Action.includes(action) && Resource.includes(template),
        ),
      ),
  );
  const value = (name: string) => lists.find(([input]) => input === name)?.[1];
  const document = policyDocument([
    ...referencePolicy(part, {
      partition: scope.partition,
      regions: value("regions") ?? [],
      bucketNames: value("bucket_names") ?? [],
      functionNames: value("function_names") ?? [],
      ...(role === undefined ? {} : { lambdaRoleName: role.name, lambdaRolePath: role.path }),
    }).Statement,
    ...bucketGrantStatements(buckets, scope.partition),
  ]);
  return {
    document,
    fix: {
      module,
      address: address.slice(0, -1),
      inputs: {
        [profile]: part.profile,
        ...Object.fromEntries(lists),
        ...(isOtherAccount ? { account_id: scope.account } : {}),
        ...(passes && role !== undefined && !isOwnRole
          ? { lambda_role_name: role.name, lambda_role_path: role.path }
          : {}),
      },
      ...(buckets.length === 0 ? {} : { additions: { output_buckets: buckets.map(bucketInput) } }),
    },
  };
}

/** An output bucket, as the modules take it. */
function bucketInput({ name, prefix, access, acl, kmsKeyArn }: OutputBucket) {
  return {
    name,
    prefix,
    access,
    ...(acl === true ? { acl } : {}),
    ...(kmsKeyArn === undefined ? {} : { kms_key_arn: kmsKeyArn }),
  };
}
