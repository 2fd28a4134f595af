import { isObject, property } from "../json/json-value.js";
import type { RepeatedKeys } from "../json/repeated-key.js";
import { shownAddress } from "../json/shown.js";
import type { IamFile, IamResource } from "../terraform/iam-file.js";
import { partitionOf } from "../terraform/partition.js";
import { Account } from "./account.js";
import { addAccountDetails, DETAIL_LISTS } from "./account-details.js";
import type { AccountResource } from "./account-resource.js";
import { type Answer, type AnswerKind, answerOf } from "./answer-kind.js";
import { documentText } from "./document-text.js";
import {
  accountAndSingle,
  emptyAccount,
  notAllAnswers,
  notAnAnswer,
  notAnswered,
  withoutPolicy,
} from "./errors.js";
import type { ParsedAnswers } from "./parsed-answers.js";
import { addSingleAnswers } from "./single-answers.js";

/** The arguments that are policy documents. */
const DOCUMENTS: ReadonlySet<string> = new Set(["policy", "assume_role_policy"]);

/** Answers that say nothing of what anybody may do, as long as there are no others. */
const WITHOUT_POLICY: ReadonlySet<AnswerKind> = new Set<AnswerKind>([
  "role",
  "user",
  "group",
  "managed policy",
  "nothing",
]);

/** How many policies a sentence names. */
const MAX_NAMED = 3;

/**
 * IAM in an account as it is: from the answer of `aws iam get-account-authorization-details`, or from answers
 * about one role, user or policy each.
 *
 * @throws {UnreadableFile} when one is no such answer, is not as AWS answers, or does not fit the others
 */
export function readAccount(answers: ParsedAnswers): IamFile {
  const { passedOver } = answers;
  const { account, incomplete } = accountIn(answers);
  const resources = account.resources.map((resource) => iamResource(resource, answers.repeated));
  return {
    resources,
    compute: [],
    lookedUp: account.lookedUp,
    partition: partitionOf(resources, undefined),
    give: "the answer of `aws iam get-account-authorization-details`",
    moduleSources: () => [],
    untold: account.untold,
    ...(passedOver === undefined ? {} : { heldElsewhere: passedOver.policies }),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

/** What an account has. */
export interface AccountContent {
  /** Its users, groups, roles and managed policies, and what joins them; documents are texts. */
  readonly resources: readonly AccountResource[];
  /** Why there may be more, as a sentence. @default nothing says so */
  readonly incomplete?: string;
}

/**
 * What an account has, thing by thing.
 *
 * @throws {UnreadableFile} as `readAccount`
 */
export function accountContent(answers: ParsedAnswers): AccountContent {
  const { account, ...rest } = accountIn(answers);
  const resources = account.resources.map((resource) => {
    const { argument } = iamResource(resource, answers.repeated);
    const values = Object.keys(resource.values).map((name) => [name, argument(name)]);
    return { ...resource, values: Object.fromEntries(values) };
  });
  return { ...rest, resources };
}

function accountIn({ contents, repeated, passedOver }: ParsedAnswers): {
  readonly account: Account;
  readonly incomplete?: string;
} {
  const answers = contents.map((content) => {
    const answer = isObject(content) ? answerOf(content) : undefined;
    if (answer === undefined) {
      throw contents.length === 1 ? notAnAnswer() : notAllAnswers();
    }
    const key = repeated.get(answer.content);
    if (key !== undefined) {
      throw notAnswered(key, "stands twice in it");
    }
    return answer;
  });
  const pages = answers.filter(({ kind }) => kind === "account");
  const singles = answers.filter(({ kind }) => kind !== "account");
  const [first] = singles;
  if (pages.length > 0 && first !== undefined) {
    throw accountAndSingle();
  }
  if (first !== undefined && singles.every(({ kind }) => WITHOUT_POLICY.has(kind))) {
    throw withoutPolicy(first.command);
  }
  const account = new Account(repeated);
  for (const { content } of pages) {
    addAccountDetails(account, content);
  }
  addSingleAnswers(account, singles);
  if (passedOver !== undefined) {
    account.addPassedOver(passedOver);
  }
  if (account.resources.length === 0 && (passedOver?.size ?? 0) === 0) {
    throw emptyAccount();
  }
  const incomplete = pages.length === 0 ? undefined : whatIsMissing(pages, account);
  return { account, ...(incomplete === undefined ? {} : { incomplete }) };
}

/** Why others of the account may not be in its pages, a sentence; undefined where nothing says so. */
function whatIsMissing(pages: readonly Answer[], account: Account): string | undefined {
  if (pages.every(({ isCut }) => isCut)) {
    return "The answer has more pages (IsTruncated, Marker or NextToken says so), and who is on them is not told: leave --no-paginate and --max-items out, or give all pages.";
  }
  const absent = DETAIL_LISTS.filter((key) =>
    pages.every(({ content }) => !Array.isArray(property(content, key))),
  );
  if (absent.length > 0) {
    return `The answer has no ${absent.join(", no ")}, and who is in there is not told: leave --query out.`;
  }
  const elsewhere = account.attachedElsewhere;
  if (elsewhere.length > 0) {
    const named = elsewhere.slice(0, MAX_NAMED).map(shownAddress).join(", ");
    const more = elsewhere.length > MAX_NAMED ? ` and ${elsewhere.length - MAX_NAMED} more` : "";
    return `More users, groups or roles have ${named}${more} than the answer holds, as AWS counts them, and who they are is not told: leave --filter out.`;
  }
  return undefined;
}

function iamResource(
  { address, type, values }: AccountResource,
  repeated: RepeatedKeys,
): IamResource {
  return {
    address,
    module: "",
    type,
    argument: (name) => {
      const value = property(values, name);
      return DOCUMENTS.has(name) && value !== undefined ? documentText(value, repeated) : value;
    },
    origins: () => [],
    fate: "kept",
  };
}
