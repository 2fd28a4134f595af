import { shown } from "../json/shown.js";
import { UnreadableFile } from "../json/unreadable-file.js";

/** The one command that answers with all that is needed. */
const WHOLE_ACCOUNT = "`aws iam get-account-authorization-details`";

/** What to give in place of answers that cannot be put together. */
const GIVE_THE_ACCOUNT = `Give the answer of ${WHOLE_ACCOUNT}, which has everybody with all policies.`;

/**
 * Something of an answer is not as AWS answers it.
 *
 * @param where its place: `RoleDetailList[3]`
 * @param what what is wrong with it, as the rest of a sentence
 */
export function notAnswered(where: string, what: string): UnreadableFile {
  return new UnreadableFile(
    `The file is no answer of the \`aws\` command line: ${where} ${what}. Ask again, and give the answer as it is.`,
  );
}

/** One and the same is told twice, and in two ways. */
export function toldTwice(arn: string): UnreadableFile {
  return new UnreadableFile(
    `The answers have ${shown(arn)} twice, and not alike: something has changed between them. Ask for all of it again.`,
  );
}

/** The answers are about more than one account. */
export function severalAccounts(accounts: readonly string[]): UnreadableFile {
  return new UnreadableFile(
    `The answers are of several accounts (${accounts.slice(0, 5).join(", ")}${accounts.length > 5 ? ", …" : ""}), in which names mean different things: give those of one at a time.`,
  );
}

/** The answer of an account is asked for, and the file is something else. */
export function notAnAnswer(): UnreadableFile {
  return new UnreadableFile(
    `The file is no answer of the \`aws\` command line about IAM. ${GIVE_THE_ACCOUNT}`,
  );
}

/** Several files, or several documents in one, of which one is no answer of the `aws` command line. */
export function notAllAnswers(): UnreadableFile {
  return new UnreadableFile(
    "Several files, or several JSON documents in one file, are read together where all of them are answers of the `aws` command line: give a plan, a state or a policy alone.",
  );
}

/**
 * An answer does not say whom it is about.
 *
 * @param command what answers so: `list-attached-role-policies`
 */
export function ofNobody(command: string): UnreadableFile {
  return new UnreadableFile(
    `An answer as \`aws iam ${command}\` gives it does not say whom it is about: give it together with that of \`aws iam get-role\` (or get-user, get-group) of one role, user or group alone. Or: ${GIVE_THE_ACCOUNT}`,
  );
}

/** The answer about a version of a policy does not say of which policy. */
export function ofNoPolicy(): UnreadableFile {
  return new UnreadableFile(
    "An answer as `aws iam get-policy-version` gives it does not say of which policy it is: give it as --policy ARN=FILE, or together with the answer of `aws iam get-policy` for the same policy and no other.",
  );
}

/** Answers about all of an account, and about one of it. */
export function accountAndSingle(): UnreadableFile {
  return new UnreadableFile(
    `The answer of ${WHOLE_ACCOUNT} has all that the others have, perhaps of another time: give it alone.`,
  );
}

/**
 * An answer of the `aws` command line that has no policy, and none beside it that has.
 *
 * @param command what answers so: `get-role`
 */
export function withoutPolicy(command: string): UnreadableFile {
  return new UnreadableFile(
    `The file is an answer of the \`aws\` command line as \`aws iam ${command}\` gives it, which does not have the text of a policy. ${GIVE_THE_ACCOUNT} Or give those of \`aws iam get-role --role-name ROLE\` (or get-user), list-attached-role-policies, list-role-policies and \`aws iam get-role-policy --role-name ROLE --policy-name POLICY\` together; or that of \`aws iam get-policy-version --policy-arn ARN --version-id VERSION\` alone, for a managed policy.`,
  );
}

/** The account has no users, roles or policies. */
export function emptyAccount(): UnreadableFile {
  return new UnreadableFile(
    `The answers have no user, role or policy: ask whoever may see them. ${GIVE_THE_ACCOUNT}`,
  );
}
