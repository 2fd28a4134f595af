import { policyArn } from "../iam/arn.js";
import type { Partition } from "../iam/partition.js";
import { POLICY_NAME, ROLE_NAME, USER_NAME } from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import type { Adoption, Import } from "./adoption.js";
import { accountOfPolicies, nothingExists, oneForTwo, twoForOne } from "./errors.js";
import type { TerraformError } from "./terraform-errors.js";

/** What is known beside the errors. Every text keeps its rule. */
export interface ErrorsRequest {
  /** Address of the module's call: what is elsewhere is left out. @default everywhere */
  readonly address: string | undefined;
  /** Number of the account, which is in the ARN of a policy. */
  readonly accountId: string | undefined;
  readonly partition: Partition;
  /** IAM path of everything. @default "/" */
  readonly path: string | undefined;
}

/** A type of resources that AWS makes no second of under the same name. */
interface NamedOnce {
  /** As the AWS provider calls it in an error. */
  readonly called: string;
  readonly name: ValueRule;
}

/**
 * By resource type. Policies inside a user or a role and attachments are not among them: to make one again changes
 * nothing, and Terraform does so by itself.
 */
const NAMED_ONCE: Readonly<Record<string, NamedOnce>> = {
  aws_iam_user: { called: "User", name: USER_NAME },
  aws_iam_role: { called: "Role", name: ROLE_NAME },
  aws_iam_policy: { called: "Policy", name: POLICY_NAME },
  // AWS has one rule for the names of these and of policies.
  aws_iam_instance_profile: { called: "Instance Profile", name: POLICY_NAME },
};

/**
 * What the AWS provider says, from 5.0 on, of what it could not make: `creating IAM Role (name): … EntityAlreadyExists: …`.
 */
const CREATING = /\bcreating IAM (User|Role|Policy|Instance Profile) \(?([\w+=,.@-]+)\)?: /;
const EXISTS = /\bEntityAlreadyExists\b/;

/**
 * Takes over what exists although Terraform does not know it, because the answer got lost when it was made: the next
 * apply was then told that it exists already, and said so at which address.
 *
 * @throws {AdoptionError} when there is no such error, an ARN cannot be told, or two errors contradict each other
 */
export function adoptErrors(request: ErrorsRequest, errors: readonly TerraformError[]): Adoption {
  const read = errors.map((error) => readError(error, request));
  const existing = read.flatMap((one) => ("name" in one ? [one] : []));
  const notes = [...new Set(read.flatMap((one) => ("note" in one ? [one.note] : [])))];
  if (existing.length === 0) {
    throw nothingExists(errors.length, notes);
  }
  const policies = existing.filter(({ type }) => type === "aws_iam_policy");
  if (policies.length > 0 && request.accountId === undefined) {
    throw accountOfPolicies(policies.map(({ name }) => name));
  }
  const others = read.filter((one) => "other" in one).length;
  return {
    moves: [],
    imports: importsOf(existing, request),
    arguments: {},
    changes: [],
    notes: [
      ...notes,
      ...(others === 0
        ? []
        : [`${others} of ${errors.length} errors are about something else: apply again, and see.`]),
      "What has such a name may be somebody else's: look at the plan, which should import it and change nothing.",
      "An apply that ends with an error of this kind again has met the next one: run this again, and add its blocks.",
    ],
  };
}

/** Something that exists, and the address that wants it. */
interface Existing {
  readonly type: string;
  readonly name: string;
  readonly to: string;
}

function readError(
  { message, address }: TerraformError,
  request: ErrorsRequest,
): Existing | { readonly note: string } | { readonly other: true } {
  if (address === undefined) {
    return EXISTS.test(message)
      ? { note: "An error says that something exists already, and not at which address: left out." }
      : { other: true };
  }
  const type = typeOf(address);
  if (request.address !== undefined && !address.startsWith(`${request.address}.`)) {
    return EXISTS.test(message)
      ? { note: `${address} is not in ${request.address}: left out.` }
      : { other: true };
  }
  if (type === "aws_iam_access_key") {
    return {
      note: `${address} cannot be imported, as its secret was told once and got lost: apply again for another key, and delete what the state does not have (\`aws iam list-access-keys\`, \`aws iam delete-access-key\`).`,
    };
  }
  if (!EXISTS.test(message)) {
    return { other: true };
  }
  const kind = Object.hasOwn(NAMED_ONCE, type) ? NAMED_ONCE[type] : undefined;
  const [, called, name = ""] = CREATING.exec(message) ?? [];
  return kind !== undefined && called === kind.called && keepsRule(kind.name, name)
    ? { type, name, to: address }
    : {
        note: `${address} exists already, and is nothing that a module of this project makes under a name: left out.`,
      };
}

/** `module.a["b.c"].aws_iam_role.d[0]` → `aws_iam_role`. The address keeps its rule. */
function typeOf(address: string): string {
  const [, type = ""] = /([a-z0-9_]+)\.[^.[\]"]+(?:\[(?:\d+|"[^"]*")\])?$/.exec(address) ?? [];
  return type;
}

function importsOf(
  existing: readonly Existing[],
  { accountId = "", partition, path = "/" }: ErrorsRequest,
): readonly Import[] {
  const idAt = new Map<string, string>();
  const addressOf = new Map<string, string>();
  for (const { type, name, to } of existing) {
    const id =
      type === "aws_iam_policy" ? policyArn({ partition, account: accountId, path, name }) : name;
    const known = idAt.get(to) ?? id;
    if (known !== id) {
      throw twoForOne(to, [known, id]);
    }
    const wantedAt = addressOf.get(`${type} ${id}`) ?? to;
    if (wantedAt !== to) {
      throw oneForTwo(id, [wantedAt, to]);
    }
    idAt.set(to, id);
    addressOf.set(`${type} ${id}`, to);
  }
  return [...idAt].map(([to, id]) => ({ to, id }));
}
