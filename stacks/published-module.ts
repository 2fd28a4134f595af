import { RootConstruct } from "constructs";
import { COMMENT_METADATA } from "../lib/constructs/comment.js";
import { CONCERN_METADATA } from "../lib/constructs/concern.js";
import type { JsonObject } from "../lib/module/json-value.js";
import { ModuleStack } from "../lib/module/module-stack.js";
import type { ModuleTests } from "../lib/module/module-tests.js";
import type { ModuleReadme } from "../lib/module/readme-edition.js";
import { refusals } from "../lib/module/refusal-runs.js";
import type { EditionLanguage } from "../lib/module/terraform-docs.js";
import { REMOTION_VERSION } from "../lib/remotion/release.js";
import { relyOnValidations } from "./checked-inputs.js";
import { skipComments } from "./linter-answers.js";
import { defaultsOf } from "./module-tests/assertions.js";
import { AWS_MOCK } from "./module-tests/aws-mock.js";
import type { ModuleCases } from "./module-tests/module-cases.js";
import { testingSection } from "./module-tests/testing-section.js";
import { OWN_PACKAGE } from "./own-package.js";
import { REQUIRED_PROVIDERS, REQUIRED_VERSION } from "./requirements.js";

/** A module of this project, as it is published under `modules/`. */
export abstract class PublishedModule extends ModuleStack {
  /** What the README says beyond the inputs and outputs. */
  abstract readonly readme: ModuleReadme;

  /** What its tests say beyond what its inputs say. */
  abstract readonly cases: ModuleCases;

  constructor(name: string) {
    const { name: project, version, license } = OWN_PACKAGE;
    super(new RootConstruct(), name, {
      requiredVersion: REQUIRED_VERSION,
      requiredProviders: REQUIRED_PROVIDERS,
      commentMetadata: COMMENT_METADATA,
      concernMetadata: CONCERN_METADATA,
      directivesOf: (address) => skipComments(name, address),
      notice: [
        `SPDX-License-Identifier: ${license}`,
        `Module ${name} ${version} of ${project}, with the policies of Remotion ${REMOTION_VERSION}.`,
      ],
    });
    relyOnValidations(this);
  }

  /** All that the README beside an edition says, with how it is tested. */
  toReadme(language: EditionLanguage): ModuleReadme {
    const { usage, sections = [] } = this.readme;
    const { id } = this.node;
    const folder = language === "hcl" ? "./modules" : "./modules/json";
    const here = (text: string) => text.replaceAll(`"./modules/${id}`, `"${folder}/${id}`);
    const all = [...sections, testingSection(id)];
    return {
      ...this.readme,
      usage: here(usage),
      sections: all.map(({ title, body }) => ({ title, body: here(body) })),
    };
  }

  /** The tests that lie beside it, in both editions. */
  toTests(): ModuleTests {
    const { inputs = {}, defaults, options, refusedTogether } = this.cases;
    const { variable = {} } = this.toTerraform();
    const refused = refusals(this);
    return {
      mock: AWS_MOCK,
      inputs,
      files: [
        {
          name: "defaults",
          comment: "What the module makes of its defaults.",
          runs: [
            {
              name: "defaults",
              assertions: [...defaultsOf(variable as JsonObject, inputs), ...defaults],
            },
          ],
        },
        { name: "options", comment: "What inputs change.", runs: options },
        { ...refused, runs: [...refused.runs, ...refusedTogether] },
      ],
    };
  }
}
