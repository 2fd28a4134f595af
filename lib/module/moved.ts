import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import { invalidAddress } from "./errors.js";

/** Where a resource, or one instance of it, was and is. Addresses as they stand in a `moved` block. */
export interface MovedConfig {
  /** As in `aws_iam_policy.this` or `aws_iam_policy.this[0]`. */
  readonly from: string;
  /** As in `aws_iam_policy.callers` or `aws_iam_policy.this["1"]`. */
  readonly to: string;
}

/** A resource, or one instance of it by number or key, in the module itself. */
const ADDRESS = /^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*(\[(\d+|"[^"\\$%]*")\])?$/;

/**
 * Tells Terraform that a resource has a new address, so that an upgrade of the module does not
 * destroy and create it. CDKTF's own `moveTo` knows no address of an instance under `count`.
 *
 * @throws when an address is none of a resource in the module
 * @see https://developer.hashicorp.com/terraform/language/moved
 */
export class Moved extends TerraformElement {
  readonly #config: MovedConfig;

  constructor(scope: Construct, id: string, config: MovedConfig) {
    super(scope, id);
    for (const [end, address] of Object.entries(config)) {
      if (!ADDRESS.test(address)) {
        throw invalidAddress(this.node.path, end, address);
      }
    }
    this.#config = config;
  }

  override toTerraform(): { moved: MovedConfig[] } {
    const { from, to } = this.#config;
    return { moved: [{ from, to }] };
  }
}
