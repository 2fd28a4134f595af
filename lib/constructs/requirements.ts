import { type TerraformResource, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { composedFrom } from "./composed-names.js";
import { type ExpressionPart, filledIn, PLACE, textPart } from "./expression.js";
import { addPrecondition, type PreconditionProps } from "./precondition.js";
import type { CheckedValue, TerraformRule } from "./terraform-rule.js";
import { resolved } from "./token-text.js";

/*
 * What only Terraform knows is checked by Terraform: a construct collects requirements while it checks
 * its props, and hands them to the resource that everything else of it hangs on.
 */

/** Construct → its requirements, each once. */
const requirements = new WeakMap<IConstruct, Map<string, PreconditionProps>>();

/**
 * Requires of Terraform what cannot be checked yet, unless the value is an input that is validated
 * anyway. {@link enforceRequirements} makes it a precondition.
 *
 * @param name what the message calls the value, behind the construct's path
 * @param value a token in any form, or a text with tokens in it
 * @param rules from the value, in HCL, to what must hold of it: the rules of a module's validations
 */
export function requireOfTerraform(
  scope: IConstruct,
  name: string,
  value: unknown,
  rules: (checked: CheckedValue) => readonly TerraformRule[],
): void {
  if (isCheckedInput(scope, value)) {
    return;
  }
  const part = typeof value === "string" ? textPart(value) : Token.asAny(value);
  const own = requirements.get(scope) ?? new Map<string, PreconditionProps>();
  requirements.set(scope, own);
  for (const rule of rules({ name: nameInMessage(scope, name), value: PLACE })) {
    own.set(`${name}\n${rule.condition}`, preconditionOf(rule, part));
  }
}

/** A rule of a value as a precondition. */
export function preconditionOf(rule: TerraformRule, value: ExpressionPart): PreconditionProps {
  return {
    condition: filledIn(rule.condition, value),
    errorMessage: filledIn(rule.errorMessage, value).toString(),
  };
}

/** A value's name as Terraform's messages have it. Nothing in it is an expression. */
export function nameInMessage(scope: IConstruct, name: string): string {
  return `${scope.node.path}: ${name}`.replaceAll(/[$%](?=\{)/g, (sign) => `${sign}${sign}`);
}

/** Makes the requirements of a construct those of another one, too. */
export function takeRequirements(scope: IConstruct, from: IConstruct | undefined): void {
  const taken = from === undefined ? undefined : requirements.get(from);
  if (taken !== undefined) {
    requirements.set(scope, new Map([...taken, ...(requirements.get(scope) ?? [])]));
  }
}

/**
 * Lets Terraform refuse a resource where a requirement of the construct does not hold.
 *
 * @returns whether there is any
 */
export function enforceRequirements(resource: TerraformResource, scope: IConstruct): boolean {
  const preconditions = [...(requirements.get(scope)?.values() ?? [])];
  for (const precondition of preconditions) {
    addPrecondition(resource, precondition);
  }
  return preconditions.length > 0;
}

/** Scope → which references are to inputs that Terraform has checked before it plans anything. */
const checkedInputs = new WeakMap<IConstruct, (reference: string) => boolean>();

/**
 * Says of a scope that it declares inputs with validations of their own: what refers to nothing else
 * is not checked again in it. For the modules of this project, and not for apps: whoever says it of
 * inputs that are not validated takes the rules away.
 *
 * @param isChecked whether a reference, as in `var.name`, is to an input that is validated
 */
export function takeInputsAsChecked(
  scope: IConstruct,
  isChecked: (reference: string) => boolean,
): void {
  checkedInputs.set(scope, isChecked);
}

/** Whether all tokens in a value are inputs of its module, which Terraform checks by themselves. */
export function isCheckedInput(scope: IConstruct, value: unknown): boolean {
  const isChecked = scope.node.scopes.map((each) => checkedInputs.get(each)).find(Boolean);
  const tokens = tokensOf(value);
  return (
    isChecked !== undefined &&
    tokens.length > 0 &&
    tokens.every((token) => {
      const [, reference] = /^\$\{([\w.-]+)\}$/.exec(String(resolved(scope, token))) ?? [];
      return reference !== undefined && isChecked(reference);
    })
  );
}

function tokensOf(value: unknown): unknown[] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const map = Tokenization.isResolvable(value)
      ? undefined
      : Tokenization.reverseMap(value as Record<string, unknown>);
    return [map ?? value];
  }
  return Tokenization.reverse(typeof value === "string" ? composedFrom(value) : value);
}
