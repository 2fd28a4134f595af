import type { Construct } from "constructs";
import type { RemotionUser } from "../lib/constructs/remotion-user.js";
import { ModuleOutput, type OutputPrecondition } from "../lib/module/module-output.js";

/**
 * What a module with a user gives back of the access keys that have names.
 *
 * @param preconditions of the keys, where the user may not be created
 */
export function accessKeysOutputs(
  scope: Construct,
  user: RemotionUser,
  preconditions: readonly OutputPrecondition[] = [],
): void {
  new ModuleOutput(scope, "access_keys", {
    description: "Id and status of each key in access_keys, by its name.",
    value: user.accessKeys,
    preconditions,
  });
  new ModuleOutput(scope, "secret_access_keys", {
    description: "Secret of each key in access_keys, by its name; null where pgp_key encrypts it.",
    value: user.secretAccessKeys,
    sensitive: true,
  });
  new ModuleOutput(scope, "encrypted_secret_access_keys", {
    description:
      "Secret of each key in access_keys, by its name, encrypted with pgp_key and in base64; null without.",
    value: user.encryptedSecretAccessKeys,
    sensitive: true,
  });
}

/** Refuses access keys where no user is made to have them. */
export const ACCESS_KEYS_WITHOUT_USER: OutputPrecondition = {
  condition: "${var.create_user || length(var.access_keys) == 0}",
  errorMessage:
    'access_keys has ${join(", ", keys(var.access_keys))}, and create_user is false: there is no user to have the keys. Set create_user to true, or leave access_keys out.',
};
