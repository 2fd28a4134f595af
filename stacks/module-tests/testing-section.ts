import type { ReadmeSection } from "../../lib/module/readme-edition.js";

/** How a module is tested, and whoever calls it. @param name the module's */
export function testingSection(name: string): ReadmeSection {
  return {
    title: "Testing",
    body: `
\`terraform test\` and \`tofu test\` in a copy of this folder run the tests in \`tests/\`: defaults, what inputs change, and what is refused. They plan with a mocked provider, without an account, a region or the network. That takes Terraform 1.7 or OpenTofu 1.8.

Tests of a configuration that calls this module may apply on a mock, too. One without defaults answers random letters for ARNs, which attachments refuse; \`tests/mocks\` has them in the right form:

\`\`\`hcl
# tests/remotion.tftest.hcl
mock_provider "aws" {
  source = "./modules/${name}/tests/mocks"
}

run "applies_on_a_mock" {
  command = apply
}
\`\`\`

The configuration must name the provider itself, or Terraform leaves the mock aside and asks for credentials. A \`provider "aws"\` block does that, and so does:

\`\`\`hcl
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
\`\`\`

OpenTofu has no \`source\` there, and takes \`tests/remotion.tofutest.hcl\` in place of \`tests/remotion.tftest.hcl\`: copy \`tests/mocks/aws.tofutest.hcl\` to it, which is the same test with the mock in itself.`,
  };
}
