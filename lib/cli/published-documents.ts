import { PUBLISHED_MODULES } from "../../stacks/modules/index.js";
import type { ModuleDocument } from "../module/module-document.js";
import type { ModuleReadme } from "../module/readme-edition.js";

/** A published module, synthesized: all that its editions are written from. */
export interface PublishedDocument {
  readonly document: ModuleDocument;
  readonly readme: ModuleReadme;
}

/**
 * Every published module by its name. The build takes this value, which is plain data, in place of
 * this file: what is published does without CDKTF.
 */
export const PUBLISHED_DOCUMENTS: ReadonlyMap<string, PublishedDocument> = new Map(
  [...PUBLISHED_MODULES].map(([name, create]) => {
    const stack = create();
    return [name, { document: stack.toDocument(), readme: stack.readme }];
  }),
);
