import { RootConstruct } from "constructs";
import { COMMENT_METADATA } from "../lib/constructs/comment.js";
import { ModuleStack } from "../lib/module/module-stack.js";
import type { ModuleReadme } from "../lib/module/readme-edition.js";
import { relyOnValidations } from "./checked-inputs.js";
import { REQUIRED_PROVIDERS, REQUIRED_VERSION } from "./requirements.js";

/** A module of this project, as it is published under `modules/`. */
export abstract class PublishedModule extends ModuleStack {
  /** What the README says beyond the inputs and outputs. */
  abstract readonly readme: ModuleReadme;

  constructor(name: string) {
    super(new RootConstruct(), name, {
      requiredVersion: REQUIRED_VERSION,
      requiredProviders: REQUIRED_PROVIDERS,
      commentMetadata: COMMENT_METADATA,
    });
    relyOnValidations(this);
  }
}
