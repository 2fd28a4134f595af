import { objectsIn, property, textIn, textsOf } from "../json/json-value.js";
import type { StateResource } from "../reading/read-state-resources.js";
import type { Source } from "./adoption.js";
import { heldTwice } from "./errors.js";
import { attachmentId, importId, inlinePolicyId } from "./import-id.js";

/** Another resource of the state by which something is known to exist. */
export interface Witness {
  readonly resource: StateResource;
  /** Its argument that says so. */
  readonly argument: "inline_policy" | "managed_policy_arns" | "roles" | "users";
}

/** A state, or an account, as it is asked for what a module would hold. */
export class StateIndex {
  readonly source: Source;
  readonly all: readonly StateResource[];
  readonly #addresses: ReadonlySet<string>;
  readonly #byId = new Map<string, StateResource[]>();
  readonly #witnesses = new Map<string, Witness>();

  /** @param accountId leaves out what is known to be in another account. @default all */
  constructor(source: Source, resources: readonly StateResource[], accountId?: string) {
    this.source = source;
    this.all = resources.filter((resource) => mayBeIn(accountId, resource));
    this.#addresses = new Set(resources.map(({ address }) => address));
    for (const resource of this.all) {
      const { type, values } = resource;
      const id = importId(type, (name) => textIn(values, name));
      if (id !== undefined) {
        const key = keyOf(type, id);
        this.#byId.set(key, [...(this.#byId.get(key) ?? []), resource]);
      }
      for (const [witnessed, itsId, argument] of testimonies(resource)) {
        this.#witnesses.set(keyOf(witnessed, itsId), { resource, argument });
      }
    }
  }

  /**
   * The resource of a type with an import id.
   *
   * @throws {AdoptionError} when there are several
   */
  find(type: string, id: string): StateResource | undefined {
    return sole(
      this.source,
      `${type} ${JSON.stringify(id)}`,
      this.#byId.get(keyOf(type, id)) ?? [],
    );
  }

  /**
   * The managed policy of a name, which is unique in an account.
   *
   * @throws {AdoptionError} when there are several
   */
  findPolicy(name: string): StateResource | undefined {
    return sole(
      this.source,
      `the managed policy ${JSON.stringify(name)}`,
      this.ofType("aws_iam_policy").filter(({ values }) => textIn(values, "name") === name),
    );
  }

  /** By which other resource something that the state does not hold itself is known to exist. */
  witness(type: string, id: string): Witness | undefined {
    return this.#witnesses.get(keyOf(type, id));
  }

  /** Whether anything is at an address, in whichever account. */
  isTaken(address: string): boolean {
    return this.#addresses.has(address);
  }

  /** All resources of a type. */
  ofType(type: string): readonly StateResource[] {
    return this.all.filter((resource) => resource.type === type);
  }
}

function keyOf(type: string, id: string): string {
  return `${type} ${id}`;
}

function sole(
  source: Source,
  what: string,
  found: readonly StateResource[],
): StateResource | undefined {
  if (found.length > 1) {
    throw heldTwice(
      source,
      what,
      found.map(({ address }) => address),
    );
  }
  return found[0];
}

/** Whether a resource may be in an account: what its ARNs do not tell may be in any. */
function mayBeIn(accountId: string | undefined, { values }: StateResource): boolean {
  const arn = textIn(values, "arn") ?? textIn(values, "policy_arn") ?? "";
  const account = /^arn:[^:]*:iam::(\d{12}):/.exec(arn)?.[1];
  return accountId === undefined || account === undefined || account === accountId;
}

/** Type and import id of what is witnessed, and the argument that says so. */
type Testimony = readonly [type: string, id: string, argument: Witness["argument"]];

/** What a resource says of things that may have no resource of their own. */
function testimonies({ type, values }: StateResource): readonly Testimony[] {
  const [name = "", arn = ""] = ["name", "policy_arn"].map((key) => textIn(values, key));
  switch (type) {
    case "aws_iam_role":
      return [
        ...objectsIn(values, "inline_policy").map(
          (policy): Testimony => [
            "aws_iam_role_policy",
            inlinePolicyId(name, textIn(policy, "name") ?? ""),
            "inline_policy",
          ],
        ),
        ...attachments("role", [name], textsOf(property(values, "managed_policy_arns"))).map(
          ([attachment, id]): Testimony => [attachment, id, "managed_policy_arns"],
        ),
      ];
    case "aws_iam_policy_attachment":
      return (["role", "user"] as const).flatMap((kind) =>
        attachments(kind, textsOf(property(values, `${kind}s`)), [arn]).map(
          ([attachment, id]): Testimony => [attachment, id, `${kind}s`],
        ),
      );
    default:
      return [];
  }
}

/** Type and import id of every attachment of these policies to these users or roles. */
function attachments(
  kind: "role" | "user",
  owners: readonly string[],
  policyArns: readonly string[],
): readonly (readonly [type: string, id: string])[] {
  return owners.flatMap((owner) =>
    policyArns.map(
      (arn) => [`aws_iam_${kind}_policy_attachment`, attachmentId(owner, arn)] as const,
    ),
  );
}
