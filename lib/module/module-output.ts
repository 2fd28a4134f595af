import { type IResolvable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

/** What a module's output is. */
export interface ModuleOutputConfig {
  readonly description: string;
  /** A token, or a Terraform string with `${…}`. */
  readonly value: string | IResolvable;
  /** @default false */
  readonly sensitive?: boolean;
}

/**
 * A module's output, written in the order of HashiCorp's style guide.
 *
 * @see https://developer.hashicorp.com/terraform/language/style#outputs
 */
export class ModuleOutput extends TerraformOutput {
  readonly #config: ModuleOutputConfig;

  constructor(scope: Construct, name: string, config: ModuleOutputConfig) {
    super(scope, name, config);
    this.overrideLogicalId(name);
    this.#config = config;
  }

  override toTerraform(): { output: Record<string, unknown> } {
    const { description, value, sensitive } = this.#config;
    return {
      output: {
        [this.friendlyUniqueId]: { description, value, ...(sensitive ? { sensitive } : {}) },
      },
    };
  }
}
