import { ADOPTING_MODULES } from "./adopting-modules.js";
import type { Adoption } from "./adoption.js";
import type { AdoptionRequest } from "./adoption-request.js";
import { changesOfImport, notesOf } from "./differences.js";
import { moduleArguments } from "./module-arguments.js";
import { partsOf } from "./parts.js";
import { setUpByHand } from "./set-up-by-hand.js";

/** Takes over what was made by hand after Remotion's guide, with the names that were given there. */
export function adoptByHand(request: AdoptionRequest, accountId: string): Adoption {
  const module = ADOPTING_MODULES[request.module];
  const setUp = setUpByHand(request, accountId);
  const parts = partsOf(module, setUp).map((part) => ({
    ...part,
    to: `${request.address}.${part.address}`,
  }));
  return {
    moves: [],
    imports: parts.map(({ to, id }) => ({ to, id })),
    arguments: moduleArguments(module, setUp),
    changes: parts.flatMap((part) => changesOfImport(part, part.to)),
    notes: notesOf(module, setUp),
  };
}
