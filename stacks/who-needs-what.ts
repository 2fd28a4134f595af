import type { ReadmeSection } from "../lib/module/readme-edition.js";

/** Which principal needs which access to an output bucket. */
export const whoNeedsWhat: ReadmeSection = {
  title: "Who needs which access",
  body: `
| Access | For | Allows |
| --- | --- | --- |
| \`write\` | \`remotion-lambda-role\`, which writes every video | put and read objects, list the bucket |
| \`put\` | the same, for renders with \`overwrite: true\` only | put objects |
| \`read\` | callers that download, presign, or watch a render without asking its function | read objects, list the bucket |
| \`delete\` | callers of \`deleteRender()\` | delete objects |

\`acl\` goes with \`write\` and \`put\`: Remotion sends an ACL with each video unless \`privacy\` is \`no-acl\`. \`kms_key_arn\` lets its holder use the key through S3, to encrypt for \`write\` and \`put\`, to decrypt for all but \`delete\`; the key's own policy has to leave that to IAM. Name a bucket twice for two accesses. \`prefix\` and \`access\` have no default, so that a misspelt one is an error and no wider grant: \`prefix = ""\` is the whole bucket.`,
};
