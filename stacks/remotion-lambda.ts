import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App } from "cdktf";
import type { Construct } from "constructs";
import { ModuleVariable } from "../lib/module/module-variable.js";
import { ReadableStack } from "../lib/module/readable-stack.js";
import { addBackend } from "./backend.js";
import { relyOnValidations } from "./checked-inputs.js";
import { declareRemotionLambda } from "./remotion-lambda-resources.js";
import { REQUIRED_PROVIDERS, REQUIRED_VERSION } from "./requirements.js";

/**
 * The deployable stack: the AWS provider, a backend, and all that the module `remotion-lambda`
 * holds, with the same inputs, outputs and addresses. Credentials come from the environment, as
 * the provider finds them.
 *
 * @throws when `context.backend` in `cdktf.json` is not a backend
 */
export class RemotionLambdaStack extends ReadableStack {
  readonly #hasBackend: boolean;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addOverride("terraform.required_version", REQUIRED_VERSION);
    this.#hasBackend = addBackend(
      this,
      this.node.tryGetContext("backend") ?? "local",
      App.of(this).outdir,
    );

    const region = new ModuleVariable(this, "region", {
      type: "string",
      description:
        "Region that the AWS provider talks to; null takes it from the environment. IAM is the same in all of them.",
      default: null,
      nullable: true,
    });
    new AwsProvider(this, "aws", { region: region.stringValue });
    // The binding pins the one release that it was made from.
    this.addOverride("terraform.required_providers.aws", REQUIRED_PROVIDERS.aws);

    relyOnValidations(this);
    declareRemotionLambda(this);
  }

  /** `cdktf deploy` ends with an error on an output that is null: here an absent one is empty. */
  override toTerraform(): object {
    const synthesized = super.toTerraform() as { output: Record<string, { value: string }> };
    for (const output of Object.values(synthesized.output)) {
      // Inside a map, too.
      output.value = output.value.replace(
        /\bkey\.(?:encrypted_)?secret\b/g,
        (secret) => `try(coalesce(${secret}), "")`,
      );
      const nullable = /^\$\{(one\(.*\))\}$/.exec(output.value)?.[1];
      if (nullable !== undefined) {
        output.value = `\${try(coalesce(${nullable}), "")}`;
      }
    }
    return synthesized;
  }

  override prepareStack(): void {
    // CDKTF gives every stack a backend here, a local one with an absolute path.
    if (this.#hasBackend) {
      super.prepareStack();
    }
  }
}
