/** A part of the bundled command line, in a file of its own. */
export interface Chunk {
  /** The name of the file, without the extension. */
  readonly name: string;
  /** The sources that it is there for, with all that they import. */
  readonly roots: readonly string[];
}

/** The chunk that is loaded whenever the command line runs. */
export const MAIN = "cli";

/**
 * The parts of the command line, in the order in which they take sources: one that several need is in the first of
 * these. Where a source imports a root of a later chunk, that one is loaded when it is first called, so that all that
 * roots export are functions.
 */
export const CHUNKS: readonly Chunk[] = [
  { name: MAIN, roots: ["lib/cli/start.ts"] },
  { name: "policy", roots: ["lib/cli/policy.ts", "lib/cli/explain.ts"] },
  { name: "deployer", roots: ["lib/cli/deployer.ts"] },
  { name: "completion", roots: ["lib/cli/completion.ts"] },
  { name: "refused-call", roots: ["lib/cli/refused-call.ts"] },
  { name: "reading", roots: ["lib/reading/read-principals.ts"] },
  { name: "verify", roots: ["lib/cli/verify.ts"] },
  { name: "aws-managed", roots: ["lib/iam/aws-managed/aws-managed-data.ts"] },
  { name: "state", roots: ["lib/terraform/read-state.ts"] },
  { name: "configuration", roots: ["lib/terraform-configuration/read-configuration.ts"] },
  { name: "account", roots: ["lib/aws-account/read-account.ts"] },
  { name: "template", roots: ["lib/cloudformation/read-template.ts"] },
  { name: "yaml", roots: ["lib/cloudformation/parse-yaml.ts"] },
  {
    name: "reports",
    roots: ["markdown", "sarif", "junit", "json"].map(
      (one) => `lib/verify/report/${one}-report.ts`,
    ),
  },
  { name: "page", roots: ["lib/verify/report/html-report.ts", "lib/cli/explain-page.ts"] },
  { name: "fix", roots: ["lib/verify/fix.ts", "lib/verify/report/fix-report.ts"] },
  { name: "denied", roots: ["lib/cli/denied.ts"] },
  { name: "import", roots: ["lib/cli/import.ts"] },
  { name: "upstream", roots: ["lib/cli/upstream.ts"] },
  { name: "generate", roots: ["lib/cli/generate.ts"] },
];

/**
 * Which chunk each source is in: the first that needs it as soon as it is loaded.
 *
 * @param imports what each source imports at once
 */
export function placed(
  chunks: readonly Chunk[],
  imports: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, Chunk> {
  const roots = new Set(chunks.flatMap((chunk) => chunk.roots));
  const chunkOf = new Map<string, Chunk>();
  for (const chunk of chunks) {
    const waiting = [...chunk.roots];
    // What is added on the way is placed, too.
    for (const source of waiting) {
      if (!chunkOf.has(source)) {
        chunkOf.set(source, chunk);
        waiting.push(...(imports.get(source) ?? []).filter((other) => !roots.has(other)));
      }
    }
  }
  return chunkOf;
}
