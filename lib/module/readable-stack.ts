import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import type { Node } from "constructs";
import { duplicateAddress } from "./errors.js";
import { logicalName } from "./logical-name.js";

/**
 * A stack whose addresses are readable and carry no hashes: `aws_iam_role.lambda_role` where CDKTF would
 * say `aws_iam_role.lambda_role_8FC5CFCD`.
 *
 * @throws when two elements would share an address, which CDKTF would merge in silence
 */
export class ReadableStack extends TerraformStack {
  readonly #elements = new Map<string, TerraformElement>();

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    if (!TerraformElement.isTerraformElement(element)) {
      return super.allocateLogicalId(element);
    }
    const type = TerraformResource.isTerraformResource(element)
      ? element.terraformResourceType
      : undefined;
    const scopes = element.node.scopes;
    const ids = scopes.slice(scopes.indexOf(this) + 1).map((scope) => scope.node.id);
    const name = logicalName(ids, type);
    const address = `${type ?? element.constructor.name}.${name}`;
    const holder = this.#elements.get(address) ?? element;
    if (holder !== element) {
      throw duplicateAddress(address, holder.node.path, element.node.path);
    }
    this.#elements.set(address, element);
    return name;
  }
}
