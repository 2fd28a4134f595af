import type { AccountResource } from "../aws-account/account-resource.js";
import { ADOPTING_MODULES } from "./adopting-modules.js";
import type { Adoption } from "./adoption.js";
import type { AdoptionRequest } from "./adoption-request.js";
import { changesOfAccount, notesOf } from "./differences.js";
import { nothingToAdopt } from "./errors.js";
import { moduleArguments } from "./module-arguments.js";
import { namesHeld, namesIn } from "./names.js";
import { type Part, partsOf } from "./parts.js";
import { policiesByContent } from "./policies-by-content.js";
import type { SetUp } from "./set-up.js";
import { setUpInState } from "./set-up-in-state.js";
import { StateIndex } from "./state-index.js";
import { absentNotes, notAttachedNote } from "./state-notes.js";

/**
 * Takes over what an account really has, with its names, paths and settings: all of it is imported. A policy that
 * has another name than the one asked for is known by its content, where that is Remotion's and no other has it.
 *
 * @param resources as `accountResources` reads them
 * @throws {AdoptionError} when there is nothing to take over, or the module could not hold it as it is
 */
export function adoptAccount(
  given: AdoptionRequest,
  resources: readonly AccountResource[],
): Adoption {
  const module = ADOPTING_MODULES[given.module];
  const account = new StateIndex("account", resources);
  const request = policiesByContent(given, account);
  const setUp = setUpInState(request, account, undefined);
  const parts = partsOf(module, setUp);
  if (parts.length === 0) {
    throw nothingToAdopt("account", namesIn(request), namesHeld(account));
  }
  const adopted = parts.map((part) => adoptPart(part, request.address, setUp, account));
  return {
    moves: [],
    imports: adopted.flatMap(({ imports = [] }) => imports),
    arguments: moduleArguments(module, setUp),
    changes: adopted.flatMap(({ changes = [] }) => changes),
    notes: [
      ...adopted.flatMap(({ notes = [] }) => notes),
      ...absentNotes("account", module, request, setUp, namesHeld(account)),
      ...notesOf(module, setUp),
    ],
  };
}

/** How one resource gets to its address in the module. */
function adoptPart(
  part: Part,
  moduleAddress: string,
  setUp: SetUp,
  account: StateIndex,
): Partial<Adoption> {
  const { type, id } = part;
  const to = `${moduleAddress}.${part.address}`;
  const found = account.find(type, id);
  return found === undefined
    ? { notes: [notAttachedNote(to)] }
    : { imports: [{ to, id }], changes: changesOfAccount(part, found, to, setUp) };
}
