import { RootConstruct } from "constructs";
import { COMMENT_METADATA } from "../../../lib/constructs/comment.js";
import { CONCERN_METADATA } from "../../../lib/constructs/concern.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";
import { ModuleStack } from "../../../lib/module/module-stack.js";

/** An empty module that needs the AWS provider. */
export function moduleStack(name = "fixture"): ModuleStack {
  return new ModuleStack(new RootConstruct(), name, {
    requiredVersion: ">= 1.5.0",
    requiredProviders: { aws: { source: "hashicorp/aws", version: ">= 5.0" } },
    commentMetadata: COMMENT_METADATA,
    concernMetadata: CONCERN_METADATA,
  });
}

/** The document of a module with what `build` puts into it. */
export function moduleDocument(build: (stack: ModuleStack) => void): ModuleDocument {
  const stack = moduleStack();
  build(stack);
  return stack.toDocument();
}
