import { type Part, rootOf, workspaceOf } from "../../__tests__/support/twins.js";
import type { Workspace } from "../../__tests__/support/workspace.js";
import { MISTAKES, type Mistake, mistaken } from "./mistakes.js";
import { partOf, ROOT_WAYS, type RootWay, rootText } from "./roots.js";

/** A mistake, and what the plan says of it each way; `undefined` where it says nothing. */
export interface Refusal {
  readonly mistake: Mistake;
  readonly said: Readonly<Record<RootWay, string | undefined>>;
}

/** What Terraform writes of an error, as far as it is read here. */
interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
  readonly snippet?: { readonly context: string | null };
}

const PLAN = ["plan", "-input=false", "-no-color", "-json"];

const nameOf = (index: number, way: RootWay) => `mistake-${index}-${way}`;

/** Plans all mistakes, each way. */
export async function refusalsOfAll(
  environment: Readonly<Record<string, string>>,
  clone: string,
): Promise<Refusal[]> {
  const parts = MISTAKES.flatMap(({ module, edits }, index) =>
    ROOT_WAYS.map((way) => {
      const text = mistaken(rootText(module, way), edits[way]);
      return partOf(nameOf(index, way), text, "", clone);
    }),
  );
  const workspace = await workspaceOf(parts, environment);
  try {
    const said = await messagesOf(workspace, parts);
    return MISTAKES.map((mistake, index) => ({
      mistake,
      said: {
        "with-module": said.get(nameOf(index, "with-module")),
        "by-hand": said.get(nameOf(index, "by-hand")),
        "with-terraform-aws-modules": said.get(nameOf(index, "with-terraform-aws-modules")),
      },
    }));
  } finally {
    workspace.remove();
  }
}

/**
 * The first message of each part that is refused. Terraform looks at some things only where all others are right,
 * so that what is refused is taken out, until the rest plans.
 */
async function messagesOf(
  workspace: Workspace,
  parts: readonly Part[],
): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>();
  for (;;) {
    const rest = parts.filter(({ name }) => !said.has(name));
    workspace.write("main.tf", rootOf(rest));
    const { status, output, stdout } = await workspace.attempt("terraform", PLAN);
    if (status === 0) {
      return said;
    }
    const before = said.size;
    for (const diagnostic of errorsIn(stdout)) {
      const { address, range, snippet } = diagnostic;
      const where = `${address} ${range?.filename} ${snippet?.context}`;
      const part = rest.find(({ name }) => where.includes(name));
      if (part !== undefined && !said.has(part.name)) {
        said.set(part.name, firstLine(diagnostic));
      }
    }
    if (said.size === before) {
      throw new Error(`A plan fails, and nothing says which mistake is to blame:\n${output}`);
    }
  }
}

function errorsIn(stdout: string): Diagnostic[] {
  return stdout
    .split("\n")
    .filter((line) => line.includes('"@level":"error"'))
    .map((line) => (JSON.parse(line) as { readonly diagnostic: Diagnostic }).diagnostic);
}

/** The detail where there is one: the summary is then of a kind of error. */
export function firstLine({ summary, detail }: Pick<Diagnostic, "summary" | "detail">): string {
  const [line = ""] = (detail || summary).split("\n");
  return line.replace(/The given value is not suitable for .* declared at \S+: /, "");
}
