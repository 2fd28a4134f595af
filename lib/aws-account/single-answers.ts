import { isObject, property, textIn } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Account, HolderKind } from "./account.js";
import type { Answer, AnswerKind } from "./answer-kind.js";
import { notAnswered, ofNobody, ofNoPolicy } from "./errors.js";
import { type Identity, isName } from "./identity.js";
import { holderIn } from "./policy-answer.js";

/** The answers about one of an account, and where in them it is. */
const ABOUT_ONE = { role: "Role", user: "User", group: "Group" } as const;

/** The one that answers are about which do not say so. */
interface Subject extends Identity {
  readonly kind: HolderKind;
}

/**
 * Adds what answers tell that are about one thing each: `get-role`, `list-attached-role-policies` and the like.
 * Most of the lists do not say whose they are: they are of the only role, user or group that is told of.
 *
 * @throws {UnreadableFile} when an answer is not as AWS gives it, or is about nobody that is told
 */
export function addSingleAnswers(account: Account, answers: readonly Answer[]): void {
  const of = (kind: AnswerKind) => answers.filter((answer) => answer.kind === kind);
  const subjects = (["role", "user", "group"] as const).flatMap((kind) =>
    of(kind).flatMap((answer) => addOne(account, kind, answer)),
  );
  for (const answer of of("inline policy")) {
    addInline(account, subjects, answer);
  }
  addManaged(account, of("managed policy"), of("policy version"));
  const lists = [...of("attached policies"), ...of("inline names"), ...of("groups")];
  const [subject] = subjects;
  const [list] = lists;
  if (list !== undefined && (subject === undefined || subjects.length > 1)) {
    throw ofNobody(list.command);
  }
  for (const one of subjects) {
    addInlineNames(account, one, of("inline names"), of("inline policy"));
    addAttached(account, one, of("attached policies"));
    if (one.kind === "user") {
      addGroups(account, one, of("groups"));
    }
  }
}

function addOne(account: Account, kind: HolderKind, { content }: Answer): Subject[] {
  const entry = property(content, ABOUT_ONE[kind]);
  const more = { description: "Description", max_session_duration: "MaxSessionDuration" };
  const values =
    kind === "role"
      ? Object.fromEntries(
          Object.entries(more).map(([name, key]) => [name, property(entry, key) ?? undefined]),
        )
      : {};
  const identity = account.addHolder(kind, entry, ABOUT_ONE[kind], values);
  if (identity === undefined) {
    return [];
  }
  if (kind === "group") {
    account.addMembers(identity, namesIn(property(content, "Users"), "UserName") ?? []);
  }
  return [{ ...identity, kind }];
}

function addInline(account: Account, subjects: readonly Subject[], { content }: Answer): void {
  const holder = holderIn(content);
  if (holder === undefined || !isName(holder.name)) {
    throw notAnswered("PolicyDocument", "has no RoleName, UserName or GroupName beside it");
  }
  const { kind, name } = holder;
  const whose = subjects.find((one) => one.kind === kind && one.name === name);
  if (!account.addInline(kind, whose?.arn ?? "", name, content)) {
    throw notAnswered("PolicyName", "is no name of a policy, or comes twice");
  }
}

/** The version in force of a policy: an answer about a version does not say of which policy it is. */
function addManaged(
  account: Account,
  policies: readonly Answer[],
  versions: readonly Answer[],
): void {
  const [only] = policies;
  const [version] = versions;
  const id = textIn(property(only?.content, "Policy"), "DefaultVersionId");
  const told = property(version?.content, "PolicyVersion");
  const isOf =
    policies.length === 1 &&
    versions.length === 1 &&
    id !== undefined &&
    id === textIn(told, "VersionId");
  if (versions.length > 0 && !isOf) {
    throw ofNoPolicy();
  }
  for (const { content } of policies) {
    const document = isOf
      ? property(told, "Document")
      : new Unknown("the text of its version in force is not in the answers");
    account.addPolicy(property(content, "Policy"), "Policy", document);
  }
}

/** Which inline policies somebody has: those that are answered for, where their names say that these are all. */
function addInlineNames(
  account: Account,
  { kind, arn, name }: Subject,
  answers: readonly Answer[],
  policies: readonly Answer[],
): void {
  const command = `list-${kind}-policies --${kind}-name ${name}`;
  const names = allNames(answers, (content) => namesIn(property(content, "PolicyNames")));
  if (names === undefined) {
    account.doubt(arn, "which inline policies it has is not in the answers", answerTo(command));
    return;
  }
  const told = new Set(
    policies
      .filter(({ content }) => {
        const holder = holderIn(content);
        return holder?.kind === kind && holder.name === name;
      })
      .map(({ content }) => textIn(content, "PolicyName")),
  );
  for (const policy of names.filter((one) => !told.has(one))) {
    const get = `get-${kind}-policy --${kind}-name ${name} --policy-name ${policy}`;
    account.doubt(arn, `its inline policy ${policy} is not in the answers`, answerTo(get));
  }
}

function addAttached(account: Account, subject: Subject, answers: readonly Answer[]): void {
  const { kind, arn, name } = subject;
  const lists = answers.map(({ content }) => property(content, "AttachedPolicies"));
  const isRead = lists.every(
    (list) =>
      Array.isArray(list) &&
      list.map((policy) => account.addAttached(kind, subject, policy)).every(Boolean),
  );
  if (!isRead || answers.every(({ isCut }) => isCut)) {
    account.doubt(
      arn,
      "which managed policies are attached to it is not in the answers",
      answerTo(`list-attached-${kind}-policies --${kind}-name ${name}`),
    );
  }
}

function addGroups(account: Account, user: Subject, answers: readonly Answer[]): void {
  const groups = allNames(answers, (content) => namesIn(property(content, "Groups"), "GroupName"));
  if (groups === undefined) {
    account.doubt(
      user.arn,
      "which groups it is in is not in the answers",
      answerTo(`list-groups-for-user --user-name ${user.name}`),
    );
    return;
  }
  account.addMembership(user, groups);
}

/** The names that all pages of a list have; undefined where they are not told, or not all. */
function allNames(
  pages: readonly Answer[],
  read: (content: Answer["content"]) => readonly string[] | undefined,
): readonly string[] | undefined {
  const lists = pages.map(({ content }) => read(content));
  return pages.every(({ isCut }) => isCut) || lists.includes(undefined)
    ? undefined
    : lists.flatMap((list) => list ?? []);
}

/** The names in a list, which are its items or stand in them under a key; undefined where one is none. */
function namesIn(list: unknown, key?: string): readonly string[] | undefined {
  if (!Array.isArray(list)) {
    return undefined;
  }
  const names = list.map((item: unknown) =>
    key === undefined ? item : isObject(item) ? item[key] : undefined,
  );
  return names.every(isName) ? names : undefined;
}

function answerTo(command: string): string {
  return `the answer of \`aws iam ${command.split(" ").map(shownAddress).join(" ")}\``;
}
