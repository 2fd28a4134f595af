import { builtPackage } from "../../support/built-package.js";
import { ACCOUNT, WHOLE_PATH } from "../../support/whole-root.js";
import type { Workspace } from "../../support/workspace.js";

/** Applies at most. What still fails then does not converge. */
const MOST = 8;

/** How a root module came to be as it says. */
export interface Convergence {
  /** How often it was applied. */
  readonly applies: number;
  /** Addresses that were imported because an error named them. */
  readonly imported: readonly string[];
}

/**
 * Applies until it succeeds, as somebody would who knows nothing but what Terraform says: again, and where it says that
 * something exists already, with the blocks that `import --from-error` prints.
 *
 * @param before is called before each apply, with its number
 */
export async function converge(
  workspace: Workspace,
  before: (apply: number) => void = () => {},
): Promise<Convergence> {
  const imported: string[] = [];
  for (let applies = 1; applies <= MOST; applies++) {
    before(applies);
    const { status, output } = await workspace.attempt("terraform", [
      ...["apply", "-auto-approve", "-input=false", "-no-color"],
    ]);
    if (status === 0) {
      return { applies, imported };
    }
    if (output.includes("EntityAlreadyExists")) {
      const blocks = await blocksFor(workspace, output);
      workspace.write(`imports-${applies}.tf`, blocks);
      imported.push(...addressesIn(blocks));
    }
  }
  throw new Error(`After ${MOST} applies it still fails.`);
}

/** What `import --from-error` prints for what Terraform has written. */
export async function blocksFor(
  workspace: Workspace,
  output: string,
  path = WHOLE_PATH,
): Promise<string> {
  const { commandLine } = await builtPackage();
  const { stdout } = await workspace
    .write("apply.log", output)
    .run(process.execPath, [
      ...[commandLine, "import", "--from-error", "apply.log"],
      ...["--account", ACCOUNT, "--path", path],
    ]);
  return stdout;
}

function addressesIn(blocks: string): string[] {
  return [...blocks.matchAll(/^\s*to = (\S+)$/gm)].map(([, address = ""]) => address);
}
