import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { DeniedRequest } from "./denial.js";

/** Who asked, by the ARN in a message. */
export interface Asker {
  readonly kind:
    | "user"
    | "role"
    | "role of the functions"
    | "federated user"
    | "account"
    | "nobody"
    | "unknown";
  /** Name of the user or the role, without its path. */
  readonly name: string | undefined;
  /** How it is written in a sentence. */
  readonly words: string;
}

/** Nobody in particular, where a text names none. */
export const UNKNOWN_ASKER: Asker = { kind: "unknown", name: undefined, words: "somebody" };

/**
 * Reads who asked from an ARN as messages have it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function askerOf({
  principal,
  isOfFunctions,
}: Pick<DeniedRequest, "principal" | "isOfFunctions">): Asker {
  if (isOfFunctions) {
    return {
      kind: "role of the functions",
      name: undefined,
      words: "the role of Remotion's functions",
    };
  }
  if (principal === "anonymous") {
    return { kind: "nobody", name: undefined, words: "a request without credentials" };
  }
  const resource = principal?.split(":").slice(5).join(":") ?? "";
  const [type, ...path] = resource.split("/");
  switch (type) {
    case "user":
      return named("user", path.at(-1), "the user");
    case "federated-user":
      return named("federated user", path.at(-1), "the federated user");
    case "role":
      return roleNamed(path.at(-1), "");
    case "assumed-role":
      return roleNamed(path[0], path.slice(1).join("/"));
    case "root":
      return { kind: "account", name: undefined, words: "the account's root" };
    default:
      return UNKNOWN_ASKER;
  }
}

function roleNamed(name: string | undefined, session: string): Asker {
  // Lambda names the session of a role after the function that runs as it.
  const isOfFunctions =
    session.startsWith("remotion-render-") || (name ?? "").endsWith(DEFAULT_NAMES.lambdaRole);
  return isOfFunctions
    ? named("role of the functions", name, "the role of Remotion's functions,")
    : named("role", name, "the role");
}

function named(kind: Asker["kind"], name: string | undefined, words: string): Asker {
  return name === undefined || name === ""
    ? UNKNOWN_ASKER
    : { kind, name, words: `${words} ${name}` };
}
