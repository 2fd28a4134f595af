import { answerOf } from "../aws-account/answer-kind.js";
import { emptyAccount } from "../aws-account/errors.js";
import type { ParsedAnswers } from "../aws-account/parsed-answers.js";
import { type AnsweredPolicy, policyInAnswer } from "../aws-account/policy-answer.js";
import { readAccount } from "../aws-account/read-account.js";
import type { TemplateReader } from "../cloudformation/template-reader.js";
import {
  isObject,
  type JsonObject,
  objectIn,
  objectsIn,
  property,
  textIn,
} from "../json/json-value.js";
import { LONG_FILE } from "../json/long-file.js";
import type { Bystanders } from "../terraform/bystanders.js";
import {
  allDestroyed,
  cloudFormation,
  nothingOfIam,
  onlyModules,
  unknownContent,
} from "../terraform/errors.js";
import type { IamFile } from "../terraform/iam-file.js";
import { joinPrincipals } from "../terraform/join-principals.js";
import type { GivenPolicies } from "../terraform/managed-policies.js";
import { isForOutsider, isOldVersion } from "../terraform/notes.js";
import { outsideOfFile } from "../terraform/outside-of-file.js";
import type { PassedOverResources } from "../terraform/passed-over-resources.js";
import { PolicyDocuments } from "../terraform/policy-text.js";
import type { Reading } from "../terraform/principal.js";
import { unattached } from "../terraform/principal-of.js";
import { readPlan } from "../terraform/read-plan.js";
import { readRawState, readState } from "../terraform/read-state.js";
import { UnreadInstances } from "../terraform/unread-instances.js";
import { readConfiguration } from "../terraform-configuration/read-configuration.js";
import {
  isPlan,
  isRawState,
  isState,
  isTemplate,
  readContents,
  refuseForeign,
  refuseRepeated,
  refuseUnknownFormat,
} from "./file-content.js";
import { neededOfFile } from "./needed-of-file.js";
import { Again, type File, fromTheBeginning, type NotHeld, notHeldOf } from "./not-held.js";

export type { Reading } from "../terraform/principal.js";

/** What a Terraform JSON configuration may hold at the top. */
const CONFIGURATION_KEYS = [
  "resource",
  "data",
  "module",
  "variable",
  "locals",
  "output",
  "provider",
  "terraform",
];

/** What is known beside the file. */
export interface ReadOptions {
  /**
   * Policy documents by the ARN or the name of their policy: they take the place of policies and
   * boundaries that are not in the file, or not told in it.
   *
   * @default none
   */
  readonly policies?: ReadonlyMap<string, unknown>;
  /** What reads templates of CloudFormation. @default they are refused */
  readonly templates?: TemplateReader;
  /**
   * Who need not be held, so that a file can be larger than memory.
   *
   * @default everybody is held, as where a file cannot be read once more
   */
  readonly bystanders?: Bystanders;
  /**
   * How many bytes a plan or a state has at least of which not everybody is held. @default 50 MB
   */
  readonly passOverFrom?: number;
}

/**
 * Reads who may do what from a plan, a state, a Terraform JSON configuration, a policy document or an account.
 * Which of them it is, its content says:
 *
 * - `terraform show -json` of a plan: users, roles and policies as they will be after the apply
 * - `terraform show -json` of a state, or `terraform.tfstate`: as they were after the last apply
 * - `cdk.tf.json`, or any configuration in JSON: as they would be with the variables' defaults
 * - a template of CloudFormation, in JSON or YAML: as they would be with the parameters' values
 * - a policy document, or an answer of `aws iam get-role-policy` and the like: one principal of the
 *   kind `policy`
 * - an answer of `aws iam get-account-authorization-details`, in one page or several, or answers about one role or
 *   user, as `get-role` and `list-attached-role-policies`: an account as it is
 *
 * What cannot be read is said of the principal that it concerns.
 *
 * @param files the text of a file, or where its bytes come from; or several, of an account alone, where one JSON
 *   document may also come after another in a file
 * @throws {UnreadableFile} when the file is none of these, or has nothing of IAM
 */
export function readPrincipals(files: File | readonly File[], options: ReadOptions = {}): Reading {
  const { bystanders, passOverFrom = LONG_FILE } = options;
  let all = [files].flat();
  let notHeld = notHeldOf(all, bystanders, passOverFrom);
  for (;;) {
    const found = readOnce(all, options, notHeld);
    if (!(found instanceof Again)) {
      return found;
    }
    all = all.map(fromTheBeginning);
    notHeld = found.notHeld;
  }
}

/** What files say; or who is to be passed over where they are to be read once more for that. */
function readOnce(
  files: readonly File[],
  { policies: given = new Map(), templates }: ReadOptions,
  notHeld: NotHeld,
): Reading | Again {
  const { ofAccount, ofTerraform } = notHeld;
  const unread = new UnreadInstances();
  const { contents, repeated, bytes } = readContents(
    files,
    neededOfFile({ hold: ofAccount?.hold, unread, passedOver: ofTerraform }),
    templates?.parse,
  );
  const [content] = contents;
  if (contents.length > 1) {
    return accountReading({ contents, repeated, passedOver: ofAccount }, given);
  }
  if (!isObject(content)) {
    throw unknownContent([]);
  }
  if (answerOf(content) !== undefined) {
    const policy = policyInAnswer(content, repeated);
    return policy === undefined
      ? accountReading({ contents, repeated, passedOver: ofAccount }, given)
      : policyAlone(policy);
  }
  refuseRepeated(repeated);
  const readingOf = (
    source: Parameters<typeof nothingOfIam>[0],
    iam: IamFile,
    nothing: () => Error = () => nothingOfIam(source),
  ): Reading | Again => {
    const passedOver = source === "plan" || source === "state" ? ofTerraform : undefined;
    const file = passedOver === undefined ? iam : withNotHeld(iam, passedOver);
    const principals = joinPrincipals(file, given);
    const fewer = passedOver?.readAgain(file, principals);
    if (fewer !== undefined) {
      return new Again({ ofTerraform: fewer });
    }
    const { names: bystanders = [], unclear = [] } = passedOver ?? {};
    if (principals.length + bystanders.length === 0) {
      throw nothing();
    }
    const { outside = [] } = iam;
    return {
      source,
      principals,
      ...(bystanders.length === 0 ? {} : { bystanders, unclear }),
      ...(outside.length === 0 ? {} : { outside: outsideOfFile(iam) }),
    };
  };
  refuseForeign(content);
  refuseUnknownFormat(content);
  if (isTemplate(content)) {
    if (templates === undefined) {
      throw cloudFormation();
    }
    return readingOf("template", templates.read(content));
  }
  if (isPlan(content)) {
    return readingOf("plan", readPlan(content, unread), () => emptyPlan(content));
  }
  if (isState(content) || isRawState(content)) {
    return readingOf("state", isState(content) ? readState(content) : readRawState(content));
  }
  if (isPolicy(content)) {
    const name = textIn(content, "Id") ?? "policy";
    return policyAlone({ name, document: content });
  }
  if (CONFIGURATION_KEYS.some((key) => isBlock(property(content, key)))) {
    const file = readConfiguration(content, bytes);
    return readingOf("configuration", file, () => emptyConfiguration(content));
  }
  const answered = policyInAnswer(content, repeated);
  if (answered !== undefined) {
    return policyAlone(answered);
  }
  throw unknownContent(Object.keys(content));
}

function withNotHeld(iam: IamFile, notHeld: PassedOverResources): IamFile {
  return { ...iam, notHeld, heldElsewhere: notHeld.policies };
}

/** Who may do what in an account; or who is to be passed over in it, where that are fewer. */
function accountReading(answers: ParsedAnswers, given: GivenPolicies): Reading | Again {
  const { passedOver } = answers;
  const file = readAccount(answers);
  const principals = joinPrincipals(file, given);
  const fewer = passedOver?.readAgain(file, principals, given);
  if (fewer !== undefined) {
    return new Again({ ofAccount: fewer });
  }
  const isPassedOver = passedOver !== undefined && passedOver.size > 0;
  if (principals.length === 0 && !isPassedOver) {
    throw emptyAccount();
  }
  const { incomplete } = file;
  return {
    source: "account",
    principals,
    ...(isPassedOver ? { bystanders: passedOver.names } : {}),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

/** A policy that is not in a file of Terraform. */
function policyAlone({ name, document, holder, oldVersion }: AnsweredPolicy): Reading {
  const documents = new PolicyDocuments("the policy", new Map());
  const parsed = typeof document === "string" ? documents.of(document) : document;
  const notes = [
    ...(holder === undefined ? [] : [isForOutsider(holder.kind, holder.name)]),
    ...(oldVersion === undefined ? [] : [isOldVersion(oldVersion)]),
  ];
  const policy = unattached({ name, address: "", document: parsed }, [], notes);
  return { source: "policy", principals: [policy] };
}

function isPolicy(content: JsonObject): boolean {
  const statement = property(content, "Statement");
  return isObject(statement) || Array.isArray(statement);
}

function isBlock(value: unknown): boolean {
  return isObject(value) || Array.isArray(value);
}

/** A plan without IAM: of something else, or one that destroys it. */
function emptyPlan(plan: JsonObject): Error {
  const destroyed = objectsIn(plan, "resource_changes").filter(
    (resource) =>
      textIn(resource, "mode") === "managed" &&
      ["aws_iam_user", "aws_iam_role", "aws_iam_policy"].includes(textIn(resource, "type") ?? "") &&
      isObject(property(objectIn(resource, "change"), "before")),
  );
  return destroyed.length > 0 ? allDestroyed(destroyed.length) : nothingOfIam("plan");
}

/** A configuration without IAM: of something else, or one that leaves it to modules. */
function emptyConfiguration(configuration: JsonObject): Error {
  const modules = Object.keys(objectIn(configuration, "module")).filter((name) => name !== "//");
  return modules.length > 0 ? onlyModules(modules) : nothingOfIam("configuration");
}
