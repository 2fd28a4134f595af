import { keepsRule } from "../iam/value-rule.js";
import type { StateResource } from "../reading/read-state-resources.js";
import { ADOPTING_MODULES } from "./adopting-modules.js";
import type { Adoption } from "./adoption.js";
import type { AdoptionRequest } from "./adoption-request.js";
import { changesOfImport, changesOfMove, notesOf } from "./differences.js";
import { nothingToAdopt } from "./errors.js";
import { attachmentId } from "./import-id.js";
import { moduleArguments } from "./module-arguments.js";
import { namesHeld, namesIn } from "./names.js";
import { type Part, partsOf } from "./parts.js";
import { RESOURCE_ADDRESS } from "./rules.js";
import type { SetUp } from "./set-up.js";
import { setUpInState } from "./set-up-in-state.js";
import { StateIndex } from "./state-index.js";
import {
  absentNotes,
  attachedAnewNote,
  inModuleNote,
  occupiedNote,
  otherShapeNotes,
  unwritableNote,
  witnessNote,
} from "./state-notes.js";

/**
 * Takes over what Terraform has at other addresses of the same state: such a resource is moved. What
 * the state lacks is imported where it is known to exist: because another resource of the state says
 * so, or because an account's number is given for what was made by hand.
 *
 * @throws {AdoptionError} when there is nothing to take over, or the module could not hold it as it is
 */
export function adoptState(
  request: AdoptionRequest,
  resources: readonly StateResource[],
  accountId?: string,
): Adoption {
  const module = ADOPTING_MODULES[request.module];
  const state = new StateIndex("state", resources, accountId);
  const setUp = setUpInState(request, state, accountId);
  const parts = partsOf(module, setUp);
  if (parts.length === 0) {
    throw nothingToAdopt("state", namesIn(request), namesHeld(state));
  }
  const isKnown = (part: Part) =>
    accountId !== undefined || !isAttachment(part) || isNamed(part, request, setUp);
  const adopted = parts.map((part) =>
    adoptPart(part, request.address, setUp, state, isKnown(part)),
  );
  return {
    moves: adopted.flatMap(({ moves = [] }) => moves),
    imports: adopted.flatMap(({ imports = [] }) => imports),
    arguments: moduleArguments(module, setUp),
    changes: adopted.flatMap(({ changes = [] }) => changes),
    notes: [
      ...adopted.flatMap(({ notes = [] }) => notes),
      ...otherShapeNotes(setUp, state),
      ...absentNotes("state", module, request, setUp, namesHeld(state)),
      ...notesOf(module, setUp),
    ],
  };
}

/**
 * How one resource gets to its address in the module.
 *
 * @param isKnown whether it exists even if no resource of the state says so
 */
function adoptPart(
  part: Part,
  moduleAddress: string,
  setUp: SetUp,
  state: StateIndex,
  isKnown: boolean,
): Partial<Adoption> {
  const { type, id } = part;
  const to = `${moduleAddress}.${part.address}`;
  const found = state.find(type, id);
  if (found?.address === to) {
    return { notes: [inModuleNote(to)] };
  }
  if (state.isTaken(to)) {
    return { notes: [occupiedNote(to, id)] };
  }
  if (found === undefined) {
    const witness = state.witness(type, id);
    if (witness === undefined && !isKnown) {
      return { notes: [attachedAnewNote(to)] };
    }
    return {
      imports: [{ to, id }],
      changes: changesOfImport(part, to),
      notes: witness === undefined ? [] : [witnessNote(to, witness)],
    };
  }
  return keepsRule(RESOURCE_ADDRESS, found.address)
    ? {
        moves: [{ from: found.address, to }],
        changes: changesOfMove(part, found, to, setUp),
      }
    : { notes: [unwritableNote(found.address, to)] };
}

function isAttachment({ type }: Part): boolean {
  return type.endsWith("_attachment");
}

/** Whether it is the attachment to a role that the request names. */
function isNamed({ id }: Part, { callers }: AdoptionRequest, setUp: SetUp): boolean {
  const arn = setUp.callers?.policyArn ?? "";
  return Object.values(callers?.roleNames ?? {}).some((role) => attachmentId(role, arn) === id);
}
