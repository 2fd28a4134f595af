import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key/index.js";
import { type IResolvable, Token } from "cdktf";
import { Construct } from "constructs";
import { QUOTAS } from "../iam/quotas.js";
import { comment } from "./comment.js";
import { allOf, attributeOrNull, type Condition, createWhen } from "./condition.js";
import { tooManyAccessKeys } from "./errors.js";
import { expression } from "./expression.js";
import { optional } from "./optional.js";
import { addPrecondition } from "./precondition.js";
import { forEachWhen } from "./role-attachments.js";

/** What an access key may be. AWS takes no request that an inactive one signs. */
export const ACCESS_KEY_STATUSES = ["active", "inactive"] as const;

/** Which access keys a user has. */
interface AccessKeysProps {
  readonly userName: string;
  /** Whether the user is made. */
  readonly create: Condition;
  /** Whether there is the one key without a name. */
  readonly createAccessKey: Condition;
  /** Name → status; may be a token. */
  readonly accessKeys: Readonly<Record<string, string>>;
  readonly pgpKey: string | undefined;
}

/** What a user's access keys give back. */
export interface AccessKeys {
  /** Of the key without a name; `null` in Terraform without one. */
  readonly id: string;
  readonly secret: string;
  readonly encryptedSecret: string;
  /** Of the keys with names, by their names. */
  readonly named: {
    readonly keys: IResolvable;
    readonly secrets: IResolvable;
    readonly encryptedSecrets: IResolvable;
  };
}

/** Terraform's `null`, as a string prop can hold it. */
const NONE = "${null}";

/** Checks the number of access keys, unless only Terraform knows them. @throws when IAM takes no such number */
export function checkAccessKeys(
  scope: Construct,
  { accessKeys, createAccessKey }: Pick<AccessKeysProps, "accessKeys" | "createAccessKey">,
): void {
  if (Token.isUnresolved(accessKeys)) {
    return;
  }
  const names = Object.keys(accessKeys);
  if (names.length + (createAccessKey === true ? 1 : 0) > QUOTAS.accessKeysOfUser) {
    throw tooManyAccessKeys(scope.node.path, names, createAccessKey === true);
  }
}

/** Gives a user its access keys: one without a name, and those with names. */
export function accessKeys(scope: Construct, props: AccessKeysProps): AccessKeys {
  return { ...withoutName(scope, props), named: withNames(new Construct(scope, "named"), props) };
}

function withoutName(scope: Construct, props: AccessKeysProps): Omit<AccessKeys, "named"> {
  const { userName, create, createAccessKey, pgpKey } = props;
  const withKey = allOf(create, createAccessKey);
  if (withKey === false) {
    return { id: NONE, secret: NONE, encryptedSecret: NONE };
  }
  const key = new IamAccessKey(scope, "access-key", {
    user: userName,
    ...optional("pgpKey", pgpKey),
  });
  createWhen(withKey, key);
  leaveRoomBeside(key, props.accessKeys);
  return {
    id: attributeOrNull(key, "id", withKey),
    secret: attributeOrNull(key, "secret", withKey),
    encryptedSecret: attributeOrNull(key, "encrypted_secret", withKey),
  };
}

/** Lets Terraform refuse the key without a name where the quota is full of named ones. */
function leaveRoomBeside(key: IamAccessKey, named: AccessKeysProps["accessKeys"]): void {
  const isKnown = !Token.isUnresolved(named);
  const count = isKnown
    ? String(Object.keys(named).length)
    : expression`length(${Token.asAny(named)})`;
  if (isKnown && Object.keys(named).length < QUOTAS.accessKeysOfUser) {
    return;
  }
  addPrecondition(key, {
    condition: expression`${count} < ${String(QUOTAS.accessKeysOfUser)}`,
    errorMessage: `create_access_key makes one more key beside the ${count} in access_keys, and IAM allows a user ${QUOTAS.accessKeysOfUser}: give that key a name in access_keys, too, or leave create_access_key out.`,
  });
}

function withNames(scope: Construct, props: AccessKeysProps): AccessKeys["named"] {
  const { userName, create, accessKeys: named, pgpKey } = props;
  if (create === false || (!Token.isUnresolved(named) && Object.keys(named).length === 0)) {
    const none = expression`{}`;
    return { keys: none, secrets: none, encryptedSecrets: none };
  }
  const keys = new IamAccessKey(scope, "access-key", {
    user: userName,
    status: "${title(each.value)}",
    ...optional("pgpKey", pgpKey),
    ...(pgpKey === undefined ? {} : { lifecycle: { ignoreChanges: ["pgp_key"] } }),
  });
  forEachWhen(scope, create, keys, "access_keys", named);
  if (pgpKey !== undefined) {
    comment(keys, "Another pgp_key is for keys that are new: it must replace none that is in use.");
  }
  const each = (value: string) => expression`{ for name, key in ${keys.fqn} : name => ${value} }`;
  return {
    keys: each("{ id = key.id, status = lower(key.status) }"),
    secrets: each("key.secret"),
    encryptedSecrets: each("key.encrypted_secret"),
  };
}
