import type { HolderKind } from "./grants.js";
import type { IamResource } from "./iam-file.js";
import { nameOf } from "./iam-name.js";
import { policyLeftOut } from "./notes.js";
import type { PrincipalPolicy } from "./principal.js";
import { Unknown } from "./unknown.js";

/** A user, role or group of the file, and what it is found to have. */
export class Holder {
  readonly kind: HolderKind;
  readonly resource: IamResource;
  readonly name: string | Unknown;
  /** Policies that could be read, by what makes them one and the same. */
  readonly policies = new Map<string, PrincipalPolicy>();
  readonly notes = new Set<string>();
  /** The users that are in it, of a group. */
  readonly members = new Set<Holder>();
  readonly #inlineNames = new Set<string>();

  constructor(kind: HolderKind, resource: IamResource) {
    this.kind = kind;
    this.resource = resource;
    this.name = nameOf(resource);
    this.note(resource.caveat);
  }

  /** Says what could not be read; nothing where there is nothing to say. */
  note(sentence: string | undefined): void {
    if (sentence !== undefined) {
      this.notes.add(sentence);
    }
  }

  /** Gives it a policy of its own. One name is one policy: the first counts, read or not. */
  giveInline(policy: PrincipalPolicy): void {
    if (this.#inlineNames.has(policy.name)) {
      return;
    }
    if (policy.name !== "" && !policy.name.endsWith("*")) {
      this.#inlineNames.add(policy.name);
    }
    this.#give(`${policy.address} ${policy.name}`, policy);
  }

  /** Gives it a managed policy, by its address or ARN: what comes twice counts once. */
  giveManaged(key: string, policy: PrincipalPolicy): void {
    this.#give(key, policy);
  }

  #give(key: string, policy: PrincipalPolicy): void {
    if (policy.document instanceof Unknown) {
      this.note(policyLeftOut(policy.name, policy.address, policy.document));
    } else {
      this.policies.set(key, policy);
    }
  }
}
