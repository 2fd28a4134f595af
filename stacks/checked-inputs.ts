import type { Construct } from "constructs";
import { takeInputsAsChecked } from "../lib/constructs/requirements.js";
import { ModuleVariable } from "../lib/module/module-variable.js";

/**
 * Lets the constructs of a stack rely on the validations of its inputs: what they are given of an input
 * that has any gets no precondition that would say the same.
 */
export function relyOnValidations(stack: Construct): void {
  takeInputsAsChecked(stack, (reference) =>
    stack.node.children.some(
      (child) =>
        child instanceof ModuleVariable &&
        child.isValidated &&
        `var.${child.friendlyUniqueId}` === reference,
    ),
  );
}
