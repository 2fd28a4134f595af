import { type JsonObject, plainText, property, textIn } from "../json/json-value.js";
import type { RepeatedKeys } from "../json/repeated-key.js";
import { shown } from "../json/shown.js";
import type { LookedUpPolicy } from "../terraform/iam-file.js";
import type { UnreadPolicy } from "../terraform/principal.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { AccountResource } from "./account-resource.js";
import { boundaryIn } from "./boundary.js";
import { documentText } from "./document-text.js";
import { severalAccounts, toldTwice } from "./errors.js";
import { type EntityKind, type Identity, identityOf, identityOfArn, isName } from "./identity.js";
import type { PassedOver } from "./passed-over.js";
import { repeatedInEntry } from "./repeated-in-entry.js";

/** Who can have policies of its own. */
export type HolderKind = Exclude<EntityKind, "policy">;

/** The whole answer, as whoever lacks something of it should give it. */
const GIVE_AS_IT_IS = "the answer as AWS gives it";

/**
 * What answers of AWS tell of an account, put together entry by entry. What an entry does not tell, or not as AWS
 * does, is untold of whom it is about; nobody else has to do with it.
 */
export class Account {
  readonly resources: AccountResource[] = [];
  /** AWS's own managed policies, by ARN. */
  readonly lookedUp = new Map<string, LookedUpPolicy>();
  /** ARN of somebody → what may be in policies that the answers do not tell. */
  readonly untold = new Map<string, UnreadPolicy[]>();
  /** Objects of the answers in which a key stood twice. */
  readonly #repeated: RepeatedKeys;
  readonly #entries = new Map<string, unknown>();
  readonly #accounts = new Set<string>();
  /** Inline policies, by whose they are and their names. */
  readonly #inline = new Set<string>();
  /** ARN of a managed policy → how many have it. */
  readonly #attached = new Map<string, number>();
  /** ARN of a managed policy → how many have it, as AWS counts. */
  readonly #counts = new Map<string, number>();

  constructor(repeated: RepeatedKeys) {
    this.#repeated = repeated;
  }

  /** ARNs of policies that more have than the answers hold. */
  get attachedElsewhere(): readonly string[] {
    return [...this.#counts]
      .filter(([arn, count]) => count > (this.#attached.get(arn) ?? 0))
      .map(([arn]) => arn);
  }

  /**
   * Adds a user, group or role.
   *
   * @param where its place in an answer: `RoleDetailList[3]`
   * @returns what it is; undefined where the same was added before
   * @throws {UnreadableFile} when it does not say who it is, or is of another account
   */
  addHolder(
    kind: HolderKind,
    entry: unknown,
    where: string,
    values: JsonObject = {},
  ): Identity | undefined {
    const identity = this.#once(kind, entry, where);
    if (identity === undefined) {
      return undefined;
    }
    const { arn, name, path } = identity;
    this.resources.push({
      address: arn,
      type: `aws_iam_${kind}`,
      values: {
        ...values,
        arn,
        name,
        path,
        permissions_boundary: boundaryIn(entry),
        tags: tagsIn(entry),
        ...(kind === "role" ? { assume_role_policy: property(entry, TRUST) ?? undefined } : {}),
      },
    });
    const key = repeatedInEntry(entry, this.#repeated);
    if (key !== undefined) {
      this.doubt(arn, `the key ${shown(key)} stands twice in what the answer has of it`);
    }
    return identity;
  }

  /**
   * Adds an inline policy of somebody who is called so.
   *
   * @param address the ARN of that one; "" where it is not told
   * @returns whether it is as AWS answers: with a name, which no other has
   */
  addInline(kind: HolderKind, address: string, holder: string, entry: unknown): boolean {
    const name = property(entry, "PolicyName");
    const key = `${kind} ${holder} ${plainText(name)}`;
    if (!isName(name) || this.#inline.has(key)) {
      return false;
    }
    this.#inline.add(key);
    const document = property(entry, "PolicyDocument");
    this.resources.push({
      address,
      type: `aws_iam_${kind}_policy`,
      values: {
        [kind]: holder,
        name,
        policy: document === undefined ? new Unknown("the answer has no text of it") : document,
      },
    });
    return true;
  }

  /**
   * Attaches a managed policy to somebody.
   *
   * @returns whether it has an ARN
   */
  addAttached(kind: HolderKind, { arn, name }: Identity, entry: unknown): boolean {
    const policy = identityOfArn(property(entry, "PolicyArn"), "policy");
    if (policy === undefined) {
      return false;
    }
    this.#attached.set(policy.arn, (this.#attached.get(policy.arn) ?? 0) + 1);
    this.resources.push({
      address: arn,
      type: `aws_iam_${kind}_policy_attachment`,
      values: { [kind]: name, policy_arn: policy.arn },
    });
    return true;
  }

  /** Puts a user into groups. */
  addMembership({ arn, name }: Identity, groups: readonly string[]): void {
    this.resources.push({
      address: arn,
      type: "aws_iam_user_group_membership",
      values: { user: name, groups },
    });
  }

  /** Puts users into a group. */
  addMembers({ arn, name }: Identity, users: readonly string[]): void {
    this.resources.push({
      address: arn,
      type: "aws_iam_group_membership",
      values: { group: name, users },
    });
  }

  /**
   * Adds a managed policy.
   *
   * @param document its default version, or `Unknown`
   */
  addPolicy(entry: unknown, where: string, document: unknown): void {
    const identity = this.#once("policy", entry, where);
    if (identity === undefined) {
      return;
    }
    const { arn, name, path, account } = identity;
    const key = repeatedInEntry(entry, this.#repeated);
    const policy =
      key === undefined
        ? document
        : new Unknown(`the key ${shown(key)} stands twice in what the answer has of it`);
    const count = property(entry, "AttachmentCount");
    if (typeof count === "number") {
      this.#counts.set(arn, count);
    }
    if (account !== "aws") {
      this.resources.push({
        address: arn,
        type: "aws_iam_policy",
        values: { arn, name, path, policy },
      });
      return;
    }
    const text = documentText(policy, this.#repeated);
    // Many of AWS's own are known without the answer.
    if (typeof text === "string") {
      this.lookedUp.set(arn, { address: arn, text });
    }
  }

  /** Adds what is to be known of those who are passed over. */
  addPassedOver({ accounts, attached }: PassedOver): void {
    for (const account of accounts) {
      this.#addAccount(account);
    }
    for (const [arn, count] of attached) {
      this.#attached.set(arn, (this.#attached.get(arn) ?? 0) + count);
    }
  }

  /** Says that somebody may have policies that the answers do not tell. */
  doubt(arn: string, cause: string, give = GIVE_AS_IT_IS): void {
    const of = this.untold.get(arn) ?? [];
    this.untold.set(arn, of);
    of.push({ name: "", arn: undefined, address: arn, cause, give, maybe: true, mayDeny: true });
  }

  #addAccount(account: string): void {
    this.#accounts.add(account);
    if (this.#accounts.size > 1) {
      throw severalAccounts([...this.#accounts]);
    }
  }

  /** What an entry is about, the first time that it is told. */
  #once(kind: EntityKind, entry: unknown, where: string): Identity | undefined {
    const identity = identityOf(entry, kind, where);
    const { arn, account } = identity;
    if (account !== "aws") {
      this.#addAccount(account);
    }
    const known = this.#entries.get(arn);
    if (known === undefined) {
      this.#entries.set(arn, entry);
      return identity;
    }
    // With what stands twice in it: of two that seem to be alike, one may have lost something.
    if (documentText(known, this.#repeated) !== documentText(entry, this.#repeated)) {
      throw toldTwice(arn);
    }
    return undefined;
  }
}

const TRUST = "AssumeRolePolicyDocument";

/** Tags, by their keys; undefined where the answer has none to tell. */
function tagsIn(entry: unknown): JsonObject | undefined {
  const tags = property(entry, "Tags");
  return Array.isArray(tags)
    ? Object.fromEntries(
        tags.flatMap((tag) => {
          const [key, value] = [textIn(tag, "Key"), textIn(tag, "Value")];
          return key === undefined || value === undefined ? [] : [[key, value]];
        }),
      )
    : undefined;
}
