import { ACCESS_KEY_STATUSES } from "../lib/constructs/access-keys.js";
import { QUOTAS } from "../lib/iam/quotas.js";
import { ACCESS_KEY_NAME } from "../lib/iam/rules.js";
import { ModuleVariable } from "../lib/module/module-variable.js";
import type { Input } from "./inputs.js";
import { everyRule, itemsRule } from "./validations.js";

/** The access keys that have names. */
export const accessKeys: Input = (scope, id) => {
  const [active, inactive] = ACCESS_KEY_STATUSES.map((status) => `"${status}"`);
  return new ModuleVariable(scope, id, {
    type: "map(string)",
    description: `Access keys by names of your choice, "active" or "inactive": ${QUOTAS.accessKeysOfUser} at most, with that of create_access_key, so that a second one is in use before the first is taken out. Their secrets lie in the state: in plain text, unless pgp_key encrypts them.`,
    default: {},
    validations: [
      ...everyRule(ACCESS_KEY_NAME, {
        each: "name",
        of: `keys(var.${id})`,
        what: `${id} has invalid names`,
      }),
      itemsRule({
        each: "name, status",
        of: `var.${id}`,
        holds: `try(contains([${active}, ${inactive}], status), false)`,
        shown: '"${name} = ${jsonencode(status)}"',
        what: `${id} has invalid statuses`,
        wayOut: `give ${active} or ${inactive}.`,
      }),
      {
        condition: `\${length(var.${id}) <= ${QUOTAS.accessKeysOfUser}}`,
        errorMessage: `${id} has \${length(var.${id})} keys (\${join(", ", keys(var.${id}))}), and IAM allows a user ${QUOTAS.accessKeysOfUser}, with that of create_access_key: take out one that nothing uses any more.`,
      },
    ],
  });
};
