import { type IResolvable, type TerraformResource, Token } from "cdktf";
import { expression } from "./expression.js";

/** Something that holds or not: known now, or known to Terraform only. */
export type Condition = boolean | IResolvable;

/** That all of the conditions hold. */
export function allOf(...conditions: readonly Condition[]): Condition {
  return conditions.reduce((all, condition) => {
    if (all === false || condition === true) {
      return all;
    }
    if (condition === false || all === true) {
      return condition;
    }
    return expression`${all} && ${condition}`;
  }, true);
}

/** That a value, perhaps known to Terraform only, is this one. */
export function isValue(value: string, choice: string): Condition {
  return Token.isUnresolved(value) ? expression`${value} == "${choice}"` : value === choice;
}

/** Makes a resource only when the condition holds. For conditions known to Terraform only, by `count`. */
export function createWhen(condition: Condition, resource: TerraformResource): void {
  if (typeof condition !== "boolean") {
    resource.addOverride("count", expression`${condition} ? 1 : 0`);
  }
}

/**
 * An attribute of a resource that exists whenever this one is asked: for use in resources under the
 * same condition.
 */
export function attributeOf(
  resource: TerraformResource,
  attribute: string,
  condition: Condition,
): string {
  const reference = resource.getStringAttribute(attribute);
  return typeof condition === "boolean"
    ? reference
    : expression`${resource.fqn}[0].${attribute}`.toString();
}

/** An attribute of a resource, or `null` where Terraform does not create it. */
export function attributeOrNull(
  resource: TerraformResource,
  attribute: string,
  condition: Condition,
): string {
  return typeof condition === "boolean"
    ? resource.getStringAttribute(attribute)
    : expression`one(${resource.fqn}[*].${attribute})`.toString();
}
