import { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** A provider that a module needs and its caller configures. */
export interface RequiredProviderConfig {
  /** As in `hashicorp/aws`. */
  readonly source: string;
  /** A floor, as in `>= 5.0`. */
  readonly version: string;
}

/**
 * Names a provider in `required_providers` and emits no `provider` block. It is a provider to
 * CDKTF, so the validation that every stack with resources has one passes.
 *
 * @see https://developer.hashicorp.com/terraform/language/modules/develop/providers
 */
export class RequiredProvider extends TerraformProvider {
  readonly #localName: string;
  readonly #config: RequiredProviderConfig;

  constructor(scope: Construct, localName: string, config: RequiredProviderConfig) {
    super(scope, `required-provider-${localName}`, {
      terraformResourceType: localName,
      terraformGeneratorMetadata: {
        providerName: localName,
        providerVersionConstraint: config.version,
      },
    });
    this.#localName = localName;
    this.#config = config;
  }

  override toTerraform(): { terraform: object } {
    const { source, version } = this.#config;
    return { terraform: { required_providers: { [this.#localName]: { source, version } } } };
  }
}
