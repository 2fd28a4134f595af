import { ACCESS_KEY_STATUSES } from "../lib/constructs/access-keys.js";
import { QUOTAS } from "../lib/iam/quotas.js";
import { ACCESS_KEY_NAME } from "../lib/iam/rules.js";
import { quotedChoices } from "../lib/iam/shown.js";
import { ModuleVariable } from "../lib/module/module-variable.js";
import type { Input } from "./inputs.js";
import { everyRule, isOneOf, itemsRule } from "./validations.js";

/** The access keys that have names. */
export const accessKeys: Input = (scope, id) => {
  const [active] = ACCESS_KEY_STATUSES;
  const rest = `, and IAM allows a user ${QUOTAS.accessKeysOfUser}, with that of create_access_key: take out one that nothing uses any more.`;
  return new ModuleVariable(scope, id, {
    type: "map(string)",
    description: `Access keys by names of your choice, "active" or "inactive": ${QUOTAS.accessKeysOfUser} at most, with that of create_access_key, so that a second one is in use before the first is taken out. Their secrets lie in the state: in plain text, unless pgp_key encrypts them.`,
    default: {},
    validations: [
      ...everyRule(ACCESS_KEY_NAME, {
        each: "name",
        of: `keys(var.${id})`,
        what: `${id} has invalid names`,
        holding: (name) => ({ [name]: active }),
      }),
      itemsRule({
        each: "status",
        named: "name, status",
        of: `var.${id}`,
        holds: isOneOf(ACCESS_KEY_STATUSES, "status"),
        shown: '"${name} = ${jsonencode(status)}"',
        what: `${id} has invalid statuses`,
        wayOut: `give ${quotedChoices(ACCESS_KEY_STATUSES)}.`,
        refused: { value: { first: "other" }, shown: 'first = "other"' },
      }),
      {
        condition: `\${length(var.${id}) <= ${QUOTAS.accessKeysOfUser}}`,
        errorMessage: `${id} has \${length(var.${id})} keys (\${join(", ", keys(var.${id}))})${rest}`,
        refused: {
          value: { first: active, second: active, third: active },
          message: `${id} has 3 keys (first, second, third)${rest}`,
        },
      },
    ],
  });
};
