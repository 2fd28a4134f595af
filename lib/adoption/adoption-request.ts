import type { Partition } from "../iam/partition.js";
import type { AdoptingModuleName } from "./adopting-modules.js";
import type { OwnPolicy } from "./set-up.js";

/** The names of a user or a role. */
export interface PrincipalRequest {
  readonly name: string;
  readonly policyName: string;
  /** Where its policy is, where no state says so. */
  readonly policyType: OwnPolicy["type"];
}

/** The names of the policy for callers, and of those who have it. */
export interface CallersRequest {
  readonly policyName: string;
  /** Key of the attachment → name of the role. */
  readonly roleNames: Readonly<Record<string, string>>;
}

/** What a module shall take over. Every text keeps its rule. */
export interface AdoptionRequest {
  readonly module: AdoptingModuleName;
  /** Address of the module's call, as the root module sees it. */
  readonly address: string;
  /** Undefined where there is no user. */
  readonly user: PrincipalRequest | undefined;
  readonly role: PrincipalRequest;
  /** Undefined where there is no such policy. */
  readonly callers: CallersRequest | undefined;
  readonly partition: Partition;
  /** IAM path of everything. @default "/", or what a state says */
  readonly path?: string;
}
