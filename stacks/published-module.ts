import { RootConstruct } from "constructs";
import { COMMENT_METADATA } from "../lib/constructs/comment.js";
import { CONCERN_METADATA } from "../lib/constructs/concern.js";
import { ModuleStack } from "../lib/module/module-stack.js";
import type { ModuleReadme } from "../lib/module/readme-edition.js";
import { REMOTION_VERSION } from "../lib/remotion/release.js";
import { relyOnValidations } from "./checked-inputs.js";
import { OWN_PACKAGE } from "./own-package.js";
import { REQUIRED_PROVIDERS, REQUIRED_VERSION } from "./requirements.js";

/** A module of this project, as it is published under `modules/`. */
export abstract class PublishedModule extends ModuleStack {
  /** What the README says beyond the inputs and outputs. */
  abstract readonly readme: ModuleReadme;

  constructor(name: string) {
    const { name: project, version, license } = OWN_PACKAGE;
    super(new RootConstruct(), name, {
      requiredVersion: REQUIRED_VERSION,
      requiredProviders: REQUIRED_PROVIDERS,
      commentMetadata: COMMENT_METADATA,
      concernMetadata: CONCERN_METADATA,
      notice: [
        `SPDX-License-Identifier: ${license}`,
        `Module ${name} ${version} of ${project}, with the policies of Remotion ${REMOTION_VERSION}.`,
      ],
    });
    relyOnValidations(this);
  }
}
