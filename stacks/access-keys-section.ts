import type { ReadmeSection } from "../lib/module/readme-edition.js";

/** What the README of a module with a user says of access keys. */
export function accessKeysSection(module: string): ReadmeSection {
  return {
    title: "Access keys",
    body: `
The best key is none: whatever runs on AWS gets the module \`remotion-executionrole-policy\` on its role, and CI a role that it assumes by OpenID Connect. For what remains, keys are best made outside Terraform: \`aws iam create-access-key --user-name remotion-user\`.

With \`create_access_key = true\` the secret lies in the state and in every plan made from it, in plain text, and so does an SES password derived from it; \`sensitive\` only keeps them off the screen. Whoever reads the state can use the key. With \`pgp_key\` beside, the provider encrypts the secret before Terraform stores it, and neither the state, a plan nor an output holds it in plain text:

\`\`\`hcl
module "remotion" {
  source = "./modules/${module}"

  create_access_key = true
  pgp_key           = filebase64("\${path.module}/operator.gpg") # gpg --export operator@example.com > operator.gpg
}
\`\`\`

The owner of the private key reads it from an output of the root that hands on \`encrypted_secret_access_key\`:

\`\`\`sh
terraform output -raw encrypted_secret_access_key | base64 --decrypt | gpg --decrypt
\`\`\`

\`pgp_key\` is part of the access key: to add it later, to change it or to take it away replaces the key. A secret that has been in the state is in its older versions and backups still, so let that key go.`,
  };
}
