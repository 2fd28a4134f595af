import { adoptAccount } from "../adoption/adopt-account.js";
import { adoptByHand } from "../adoption/adopt-by-hand.js";
import { adoptErrors } from "../adoption/adopt-errors.js";
import { adoptState } from "../adoption/adopt-state.js";
import { ADOPTING_MODULES, type AdoptingModuleName } from "../adoption/adopting-modules.js";
import type { Adoption } from "../adoption/adoption.js";
import type { AdoptionRequest } from "../adoption/adoption-request.js";
import { parseAttachedRoles } from "../adoption/attached-roles.js";
import {
  AdoptionError,
  accountDetailsAlone,
  errorsAlone,
  neitherAccountNorState,
  optionNotForModule,
} from "../adoption/errors.js";
import { MODULE_ADDRESS } from "../adoption/rules.js";
import { terraformErrors } from "../adoption/terraform-errors.js";
import { type AccountContent, accountContent } from "../aws-account/read-account.js";
import type { Partition } from "../iam/partition.js";
import { ACCOUNT_ID, IAM_PATH, POLICY_NAME, ROLE_NAME, USER_NAME } from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import { readContents } from "../reading/file-content.js";
import { neededOfFile } from "../reading/needed-of-file.js";
import { readStateResources, type StateResource } from "../reading/read-state-resources.js";
import { insteadOfPlan } from "../terraform/errors.js";
import { adoptionArguments, adoptionBlocks } from "./adoption-blocks.js";
import type { ADOPTION_FORMATS, POLICY_PLACES } from "./choices.js";
import type { Console } from "./console.js";
import { addressMissing, invalidOption, UsageError } from "./errors.js";
import { readInput, withInput, withInputs } from "./read-input.js";

/** What `import` was asked for. */
export interface ImportCommandOptions {
  /** Address of the module's call. Errors have addresses of their own. */
  readonly address: string | undefined;
  readonly module: AdoptingModuleName;
  readonly format: (typeof ADOPTION_FORMATS)[number];
  /** Number of the account, where things were made by hand. */
  readonly accountId: string | undefined;
  /** Path of a state, or `-` for standard input. */
  readonly stateFile: string | undefined;
  /** Paths of the pages of an account, or `-` for standard input. */
  readonly detailsFiles: readonly string[] | undefined;
  /** Path of what Terraform wrote, or `-` for standard input. */
  readonly errorsFile: string | undefined;
  /** Whether there is a user. */
  readonly user: boolean;
  readonly userName: string;
  readonly userPolicyName: string;
  readonly userPolicyType: (typeof POLICY_PLACES)[number];
  readonly roleName: string;
  readonly rolePolicyName: string;
  readonly policyType: (typeof POLICY_PLACES)[number];
  /** Whether there is a policy for callers. */
  readonly executionrolePolicy: boolean;
  readonly policyName: string;
  /** Roles that have it, as `KEY=NAME`. */
  readonly attachedRoles: readonly string[];
  readonly path: string | undefined;
  readonly partition: Partition;
}

/**
 * Prints the blocks that bring what exists already into a module, and says what else there is to do.
 *
 * @returns the exit code
 * @throws UsageError when an option breaks its rule, or nothing can be adopted as asked
 */
export function adopt(options: ImportCommandOptions, console: Console): number {
  const { format, errorsFile } = options;
  if (errorsFile !== undefined) {
    const adoption = refusingBadUse(() => adoptionOfErrors(options, errorsFile));
    console.result(adoptionBlocks(adoption, format));
    console.note(`${adoption.imports.length} to import.\n`);
    writeNotes(adoption.notes, console);
    return 0;
  }
  const { address } = options;
  if (address === undefined) {
    throw addressMissing();
  }
  const adoption = adoptionOf({ ...options, address });
  const { moves, imports, changes, notes } = adoption;
  if (moves.length + imports.length > 0) {
    console.result(adoptionBlocks(adoption, format));
  }
  console.note(`${moves.length} to move, ${imports.length} to import.`);
  console.note(
    Object.keys(adoption.arguments).length > 0
      ? `\nArguments of ${address}, beside its source:\n\n${adoptionArguments(adoption.arguments, format)}\n`
      : `\n${address} needs no arguments beside its source.\n`,
  );
  if (changes.length > 0) {
    console.note("What the first apply may change, in place:\n");
    for (const change of changes) {
      console.note(`  ${change.address}: ${change.attributes.join(", ")}`);
    }
    console.note("");
  }
  writeNotes(notes, console);
  return 0;
}

function writeNotes(notes: readonly string[], console: Console): void {
  for (const note of notes) {
    console.note(`- ${note}`);
  }
}

/** What was asked for cannot be done: the call is to be another one. */
function refusingBadUse<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof AdoptionError ? new UsageError(error.message) : error;
  }
}

function adoptionOfErrors(options: ImportCommandOptions, file: string): Adoption {
  const { address, accountId, stateFile, detailsFiles, path, partition } = options;
  if (stateFile !== undefined || detailsFiles !== undefined) {
    throw errorsAlone(stateFile === undefined ? "account-details" : "state");
  }
  check("address", address, MODULE_ADDRESS);
  check("account", accountId, ACCOUNT_ID);
  check("path", path, IAM_PATH);
  return adoptErrors({ address, accountId, partition, path }, terraformErrors(readInput(file)));
}

/** Options with the address that all but errors need. */
type AddressedOptions = ImportCommandOptions & { readonly address: string };

function adoptionOf(options: AddressedOptions): Adoption {
  const { accountId, stateFile, detailsFiles = [] } = options;
  return refusingBadUse(() => {
    const request = requestOf(options);
    if (detailsFiles.length > 0) {
      return adoptionOfAccount(request, options, detailsFiles);
    }
    if (stateFile !== undefined) {
      return adoptState(request, stateIn(stateFile), accountId);
    }
    if (accountId !== undefined) {
      return adoptByHand(request, accountId);
    }
    throw neitherAccountNorState();
  });
}

function adoptionOfAccount(
  request: AdoptionRequest,
  { accountId, stateFile }: ImportCommandOptions,
  files: readonly string[],
): Adoption {
  if (stateFile !== undefined || accountId !== undefined) {
    throw accountDetailsAlone(stateFile === undefined ? "account" : "state");
  }
  const { resources, incomplete } = accountIn(files);
  const adoption = adoptAccount(request, resources);
  return incomplete === undefined
    ? adoption
    : { ...adoption, notes: [incomplete, ...adoption.notes] };
}

function accountIn(files: readonly string[]): AccountContent {
  return reading(files.join(", "), GIVE_DETAILS, () =>
    accountContent(withInputs(files, (sources) => readContents(sources, neededOfFile()))),
  );
}

function stateIn(file: string): readonly StateResource[] {
  return reading(file, GIVE_STATE, () => withInput(file, readStateResources));
}

const GIVE_STATE =
  "Run `terraform show -json > state.json` in the root module, and give state.json.";
const GIVE_DETAILS =
  "Run `aws iam get-account-authorization-details --output json > account.json`, and give account.json.";

/** What is read from files, whose names stand before what is wrong with them. */
function reading<T>(files: string, wayOut: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableFile
      ? new UsageError(`${files}: ${insteadOfPlan(error, wayOut)}`)
      : error;
  }
}

/** The options as a request, once each keeps its rule. */
function requestOf(options: AddressedOptions): AdoptionRequest {
  const { module: name, address, accountId, path, partition, user, executionrolePolicy } = options;
  check("address", address, MODULE_ADDRESS);
  check("account", accountId, ACCOUNT_ID);
  check("path", path, IAM_PATH);
  check("user-name", options.userName, USER_NAME);
  check("user-policy-name", options.userPolicyName, POLICY_NAME);
  check("role-name", options.roleName, ROLE_NAME);
  check("role-policy-name", options.rolePolicyName, POLICY_NAME);
  check("policy-name", options.policyName, POLICY_NAME);
  const module = ADOPTING_MODULES[name];
  for (const [option, isGiven, applies] of [
    ["no-user", !user, module.user?.inputs.create !== undefined],
    ["no-executionrole-policy", !executionrolePolicy, module.callers?.inputs.create !== undefined],
    ["attached-role", options.attachedRoles.length > 0, module.callers !== undefined],
  ] as const) {
    if (isGiven && !applies) {
      throw optionNotForModule(option, name);
    }
  }
  const roleNames = parseAttachedRoles(options.attachedRoles);
  return {
    module: name,
    address,
    user: user
      ? {
          name: options.userName,
          policyName: options.userPolicyName,
          policyType: options.userPolicyType,
        }
      : undefined,
    role: {
      name: options.roleName,
      policyName: options.rolePolicyName,
      policyType: options.policyType,
    },
    callers: executionrolePolicy ? { policyName: options.policyName, roleNames } : undefined,
    partition,
    ...(path === undefined ? {} : { path }),
  };
}

function check(option: string, value: string | undefined, rule: ValueRule): void {
  if (value !== undefined && !keepsRule(rule, value)) {
    throw invalidOption(option, value, rule);
  }
}
