import type { ReadmeSection } from "../lib/module/readme-edition.js";

/** Addresses of a module's access keys: the one of `create_access_key`, and those of `access_keys`. */
const ADDRESSES = {
  "remotion-user": ["aws_iam_access_key.this[0]", "aws_iam_access_key.named"],
  "remotion-lambda": ["aws_iam_access_key.user[0]", "aws_iam_access_key.user_named"],
} as const;

/** What the README of a module with a user says of access keys. */
export function accessKeysSection(module: keyof typeof ADDRESSES): ReadmeSection {
  const [simple, named] = ADDRESSES[module];
  return {
    title: "Access keys",
    body: `
The best key is none: whatever runs on AWS gets the module \`remotion-executionrole-policy\` on its role, and CI a role that it assumes by OpenID Connect. For what remains, keys are best made outside Terraform: \`aws iam create-access-key --user-name remotion-user\`.

With \`create_access_key = true\`, or \`access_keys\`, the secret lies in the state and in every plan made from it, in plain text, and so does an SES password derived from it; \`sensitive\` only keeps them off the screen. Whoever reads the state can use the key. With \`pgp_key\` beside, the provider encrypts the secret before Terraform stores it, and neither the state, a plan nor an output holds it in plain text:

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

\`pgp_key\` is part of the key that \`create_access_key\` makes: to add it later, to change it or to take it away replaces that key, and the old one is gone before the new one is in use. A secret that has been in the state is in its older versions and backups still, so let that key go.

### Another key without an outage

\`access_keys\` gives keys names of your choice, and IAM lets a user have two. So the second is in use before the first is taken out. Each step is an apply of its own:

| Step | \`access_keys\` | What you do |
| --- | --- | --- |
| at the start | \`{ spring = "active" }\` | |
| 1. new | \`{ spring = "active", autumn = "active" }\` | Apply. The id is in \`access_keys.autumn.id\`, the secret in \`secret_access_keys.autumn\`, or, with \`pgp_key\`, in \`encrypted_secret_access_keys.autumn\`. |
| 2. switch | the same | Give the new key to whatever uses the old one. \`aws iam get-access-key-last-used --access-key-id AKIA…\` says when the old one was used last. |
| 3. turn off | \`{ spring = "inactive", autumn = "active" }\` | Apply. AWS refuses the old key from now on. Where something still needs it, \`"active"\` brings it back with the same id and secret. |
| 4. remove | \`{ autumn = "active" }\` | Apply, some days later. The old key is gone for good. |

\`\`\`sh
terraform output -json secret_access_keys | jq -r .autumn
terraform output -json encrypted_secret_access_keys | jq -r .autumn | base64 --decrypt | gpg --decrypt
\`\`\`

A name is the key's address: another name is another key. To take one out and put another one in within the same apply is the outage that these steps avoid. Another \`pgp_key\` replaces none of these keys: it is for those that are new.

A key that \`create_access_key\` made goes on under a name, with its id and its secret, once the state says so. Then take \`create_access_key\` out and give the name in \`access_keys\`:

\`\`\`sh
terraform state mv 'module.remotion.${simple}' 'module.remotion.${named}["spring"]'
\`\`\``,
  };
}
