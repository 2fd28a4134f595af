import type { Statement } from "../../../lib/iam/policy-document.js";
import type { JsonValue } from "../../../lib/module/json-value.js";
import type { Synthesized } from "./synthesize.js";

/**
 * The statements of a policy that `lib/constructs` put together in locals, where Terraform has
 * nothing to work out.
 *
 * @param policy reference to the local with the policy's text
 */
export function statementsOf(stack: Synthesized, policy: JsonValue | undefined): Statement[] {
  const text = String(stack.local(policy));
  mustBePolicy(text);
  return [...text.matchAll(/local\.[\w-]+/g)].flatMap(
    ([reference]) => stack.local(`\${${reference}}`) as unknown as Statement[],
  );
}

function mustBePolicy(text: string): void {
  if (!/^\$\{jsonencode\(\{\n {2}Version {3}= "2012-10-17"\n {2}Statement = /.test(text)) {
    throw new Error(`${text} is not the text of a policy.`);
  }
}
