import { shown } from "../json/shown.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import { GIVE_A_PLAN } from "../terraform-expression/errors.js";

/** There is nothing in the file. */
export function emptyFile(): UnreadableFile {
  return new UnreadableFile(`The file is empty: the command that wrote it failed. ${GIVE_A_PLAN}`);
}

/** The file is a plan as `terraform plan -out` writes it. */
export function binaryPlan(): UnreadableFile {
  return new UnreadableFile(
    "The file is a plan in Terraform's own binary form: run `terraform show -json FILE > plan.json` where it was made, and give plan.json.",
  );
}

/** The file is what a plan or a state prints for readers. */
export function printedPlan(): UnreadableFile {
  return new UnreadableFile(
    `The file is what Terraform prints for a reader, which leaves things out. ${GIVE_A_PLAN}`,
  );
}

/** The file is a state or a plan that OpenTofu has encrypted. */
export function encryptedByOpenTofu(): UnreadableFile {
  return new UnreadableFile(
    "The file is a state or a plan that OpenTofu has encrypted: run `tofu show -json FILE > plan.json` for a plan, or `tofu show -json > state.json` for the state, where the key is, and give what that writes.",
  );
}

/** The file is a template of CloudFormation. */
export function cloudFormation(): UnreadableFile {
  return new UnreadableFile(
    "The file is a template of CloudFormation, as SAM, the Serverless Framework and AWS CDK make them, too: `verify FILE` reads it, and nothing else does. Give one policy of it alone, which is the object below PolicyDocument as a file in JSON with its functions (Ref, Fn::Sub) written out; or, once the stack is deployed, the answer of `aws iam get-role-policy --role-name ROLE --policy-name POLICY`.",
  );
}

/** A template is longer than CloudFormation takes one. */
export function templateTooLong(most: number): UnreadableFile {
  return new UnreadableFile(
    `The template has more than ${most} bytes, and CloudFormation takes 1 MB: check where it comes from.`,
  );
}

/** The file lists what AWS CDK has synthesized. */
export function cdkManifest(): UnreadableFile {
  return new UnreadableFile(
    "The file lists what AWS CDK has synthesized: give each of the templates beside it, STACK.template.json.",
  );
}

/** The file is a state or a preview of Pulumi. */
export function pulumi(): UnreadableFile {
  return new UnreadableFile(
    "The file is of Pulumi: it is not read. Give one policy of it alone, which is the JSON below policy or assumeRolePolicy; or, once the stack is up, the answer of `aws iam get-role-policy --role-name ROLE --policy-name POLICY`.",
  );
}

/** The file is an answer of the `aws` command line in another form than JSON. */
export function awsAnswerNotJson(): UnreadableFile {
  return new UnreadableFile(
    "The file is an answer of the `aws` command line, and not in JSON: ask again with `--output json`.",
  );
}

/** The state has no resources. */
export function emptyState(): UnreadableFile {
  return new UnreadableFile(
    "The state is empty: nothing is in it. Run `terraform show -json` in the root module that made Remotion's user and role, in its workspace and with its backend, and give what that writes.",
  );
}

/** The file is the log of `terraform plan -json`, one object a line. */
export function planLog(): UnreadableFile {
  return new UnreadableFile(
    `The file is the log of \`terraform plan -json\`, which leaves out what the resources hold. ${GIVE_A_PLAN}`,
  );
}

/** The file is text in Terraform's own language. */
export function hclText(): UnreadableFile {
  return new UnreadableFile(
    `The file is written in Terraform's own language, and only JSON is read. ${GIVE_A_PLAN}`,
  );
}

/** The file was decoded as UTF-8 and is not. */
export function notUtf8(): UnreadableFile {
  return new UnreadableFile(
    "The file is not UTF-8 but, it seems, UTF-16, as `>` writes it in Windows PowerShell: use `| Out-File -Encoding utf8` in place of `>`, or PowerShell 7.",
  );
}

/** The file is not JSON. Lines and columns count from 1. */
export function notJson(line: number, column: number, found: string): UnreadableFile {
  const what = found === "" ? "the file ends" : `${shown(found)} stands`;
  return new UnreadableFile(
    `The file is not JSON: at line ${line}, column ${column} ${what} where JSON goes on otherwise. ${GIVE_A_PLAN}`,
  );
}

/** A key stands twice in one object: readers disagree on which of the two counts. */
export function repeatedKey(key: string): UnreadableFile {
  return new UnreadableFile(
    `The file has the key ${shown(key)} twice in one object, and which of the two counts differs from reader to reader: leave one of them out. Neither Terraform nor AWS writes such a file.`,
  );
}

/** The file has more of something than any file has. */
export function tooMuch(what: string, limit: number): UnreadableFile {
  return new UnreadableFile(
    `The file has more than ${limit} ${what}, which no plan, state or account has: check where it comes from. ${GIVE_A_PLAN}`,
  );
}

/** The file is JSON of another kind. */
export function unknownContent(keys: readonly string[]): UnreadableFile {
  const found =
    keys.length === 0
      ? "is not an object with content"
      : `has ${keys.slice(0, 5).map(shown).join(", ")}${keys.length > 5 ? ", …" : ""} at the top`;
  return new UnreadableFile(
    `The file is JSON and ${found}: neither a plan, nor a state, nor Terraform JSON, nor a template of CloudFormation, nor a policy document with a Statement, nor an answer of \`aws iam\`. ${GIVE_A_PLAN}`,
  );
}

/** The state was written by a release of Terraform before 0.12. */
export function oldState(version: number): UnreadableFile {
  return new UnreadableFile(
    `The state has the format ${version}, and 4 is read: write it anew with Terraform 0.12 or later, or give a plan. ${GIVE_A_PLAN}`,
  );
}

/** The file is in a form of `terraform show -json` that came after this release. */
export function unknownFormat(version: string): UnreadableFile {
  return new UnreadableFile(
    `The file has the format_version ${shown(version)}, and 0 and 1 are read: what it holds may mean something else there. Use a release of remotion-lambda-terraform that knows it, or a release of Terraform or OpenTofu that writes 1.`,
  );
}

/** Terraform itself says that the plan broke off. */
export function brokenPlan(): UnreadableFile {
  return new UnreadableFile(
    "The plan broke off with an error, so parts of it are missing: make `terraform plan` succeed, and give that plan.",
  );
}

/** With what the file was worked out, where it was. */
const DEFAULTS: Readonly<Record<string, string>> = {
  configuration: " with the defaults of its variables",
  template: " with these values of its parameters",
};

/** No user, role or policy is in the file, and no module that could hold one. */
export function nothingOfIam(
  source: "plan" | "state" | "configuration" | "template",
): UnreadableFile {
  const defaults = DEFAULTS[source] ?? "";
  return new UnreadableFile(
    `The ${source} is one of something else: no IAM user, role or policy is in it${defaults}. Give the ${source} that makes Remotion's user and role.`,
  );
}

/** A file that is to be one policy holds something else. */
export function noPolicyDocument(keys: readonly string[]): UnreadableFile {
  const has = keys.length === 0 ? "" : `, and has ${keys.slice(0, 5).map(shown).join(", ")}`;
  return new UnreadableFile(
    `It is no policy${has}. Give one JSON object with Version and Statement, or the answer of \`aws organizations describe-policy\`, \`aws s3api get-bucket-policy\` or \`aws kms get-key-policy\`.`,
  );
}

/** A folder is none of iam-collect's. */
export function noIamCollect(): UnreadableFile {
  return new UnreadableFile(
    "The folder holds no account: give the one that iam-collect writes to, in which aws/aws/accounts lies.",
  );
}

/** A folder of iam-collect has not the account that is asked for. */
export function noCollectedAccount(account: string, known: readonly string[]): UnreadableFile {
  return new UnreadableFile(
    `The folder has not the account ${shown(account)}: it has ${known.slice(0, 10).join(", ")}. Collect it, or give another --account.`,
  );
}

/** A folder of iam-collect has several accounts, and none is named. */
export function severalCollectedAccounts(known: readonly string[]): UnreadableFile {
  return new UnreadableFile(
    `The folder has several accounts, ${known.slice(0, 10).join(", ")}${known.length > 10 ? " and more" : ""}: say which one with --account.`,
  );
}

/** A plan that deletes all users, roles and policies. */
export function allDestroyed(count: number): UnreadableFile {
  return new UnreadableFile(
    `The plan leaves no IAM user, role or policy: it destroys the ${count} that there are. Give a plan that creates or keeps Remotion's user and role.`,
  );
}

/** The configuration calls modules, whose text is in other files. */
export function onlyModules(names: readonly string[]): UnreadableFile {
  const found = names.slice(0, 5).map(shown).join(", ");
  return new UnreadableFile(
    `The configuration has no IAM user, role or policy of its own, and its modules (${found}${names.length > 5 ? ", …" : ""}) are in other files: a plan holds them all. ${GIVE_A_PLAN}`,
  );
}

/** The addresses of what exists are asked for, and the file has none. */
export function notState(): UnreadableFile {
  return new UnreadableFile(
    "The file is not a state, and only a state says at which addresses Terraform has what exists: run `terraform show -json > state.json` in the root module, and give state.json.",
  );
}

/** What is wrong with a file that was to be another than a plan: how to get that one, and not a plan. */
export function insteadOfPlan({ message }: UnreadableFile, wayOut: string): string {
  return message.replace(GIVE_A_PLAN, wayOut);
}
