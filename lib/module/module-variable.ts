import { type IResolvable, TerraformVariable, Token } from "cdktf";
import type { Construct } from "constructs";
import type { JsonValue } from "./json-value.js";
import type { RefusedExample } from "./module-tests.js";

/** A rule that Terraform checks before it plans. Both are Terraform strings: `${…}` is an expression. */
export interface Validation {
  /** Must be true, as in `"${length(var.name) > 0}"`. May refer to the variable itself only. */
  readonly condition: string;
  /** Names the value, the rule and the way out. */
  readonly errorMessage: string;
  /** What the condition does not say by itself, for the reader of the HCL. @default nothing */
  readonly comment?: string;
  /** What it refuses, and no other rule of the variable does: the module's tests give it. @default nothing */
  readonly refused?: RefusedExample;
}

/** What a module's input is. */
export interface ModuleVariableConfig {
  /** A Terraform type, as in `list(string)`; several lines where that reads better. */
  readonly type: string;
  readonly description: string;
  /** `null`, `false`, `0`, `""` and empty lists survive. @default none: the caller must give a value */
  readonly default?: JsonValue;
  /** @default false, so that `null` means the default */
  readonly nullable?: boolean;
  /** @default false */
  readonly sensitive?: boolean;
  /** @default none */
  readonly validations?: readonly Validation[];
}

/**
 * A module's input. `TerraformVariable` itself refuses `null` defaults and writes the keys of map
 * defaults in snake case; this one writes what it is given, in the order of HashiCorp's style guide.
 *
 * @see https://developer.hashicorp.com/terraform/language/style#variables
 */
export class ModuleVariable extends TerraformVariable {
  readonly #config: ModuleVariableConfig;

  constructor(scope: Construct, name: string, config: ModuleVariableConfig) {
    // Another id than the name, so that an output may be called what an input is.
    super(scope, `${name}-variable`, { type: config.type });
    this.overrideLogicalId(name);
    this.#config = config;
  }

  /** A token of the whole value, for lists and objects. */
  get token(): IResolvable {
    return Token.asAny(this.value);
  }

  /** A token of the whole value, for a map of strings. */
  get stringMapValue(): Record<string, string> {
    return Token.asStringMap(this.value);
  }

  /** The rules that Terraform checks by itself, before it plans anything. */
  get validations(): readonly Validation[] {
    return this.#config.validations ?? [];
  }

  /** Whether there are any. */
  get isValidated(): boolean {
    return this.validations.length > 0;
  }

  /** JSON pointer into the variable → the comment above that part. */
  get comments(): ReadonlyMap<string, string> {
    const { validations = [] } = this.#config;
    return new Map(
      validations.flatMap(({ comment }, index) =>
        comment === undefined ? [] : [[`/validation/${index}`, comment] as const],
      ),
    );
  }

  override toTerraform(): { variable: Record<string, unknown> } {
    const { type, description, nullable = false, sensitive, validations = [] } = this.#config;
    const variable = {
      type,
      description,
      ...("default" in this.#config ? { default: this.#config.default } : {}),
      // Terraform's own default is true.
      ...(nullable ? {} : { nullable }),
      ...(sensitive ? { sensitive } : {}),
      ...(validations.length > 0
        ? {
            validation: validations.map(({ condition, errorMessage }) => ({
              condition,
              error_message: errorMessage,
            })),
          }
        : {}),
    };
    return { variable: { [this.friendlyUniqueId]: variable } };
  }
}
