import { type IResolvable, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";

/** What a module's output is. */
export interface ModuleOutputConfig {
  readonly description: string;
  /** A token, or a Terraform string with `${…}`. */
  readonly value: string | IResolvable;
  /** @default false */
  readonly sensitive?: boolean;
  /** What must hold of several variables where there is no resource to say so. @default none */
  readonly preconditions?: readonly OutputPrecondition[];
}

/** A rule that Terraform checks at plan. Both are Terraform strings: `${…}` is an expression. */
export interface OutputPrecondition {
  /** Must be true. */
  readonly condition: string | IResolvable;
  /** Names the values, the rule and the way out. */
  readonly errorMessage: string;
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
    const { description, value, sensitive, preconditions = [] } = this.#config;
    const output = {
      description,
      value,
      ...(sensitive ? { sensitive } : {}),
      ...(preconditions.length > 0
        ? {
            precondition: preconditions.map(({ condition, errorMessage }) => ({
              condition,
              error_message: errorMessage,
            })),
          }
        : {}),
    };
    return { output: { [this.friendlyUniqueId]: output } };
  }
}
