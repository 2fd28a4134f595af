import type { Sign } from "../page-data.js";
import { SIGNS } from "../signs.js";

/** The views of the page. */
export type View = "list" | "matrix" | "compare" | "one";

/** What is shown, as the address says it behind its hash. */
export interface Route {
  readonly view: View;
  /** Whose view it is: an id. */
  readonly id: string;
  /** An API that is opened there. */
  readonly api: string;
  /** What is looked for. */
  readonly query: string;
  /** Answers that are shown alone; none for all. */
  readonly only: ReadonlySet<Sign>;
}

const START: Route = { view: "list", id: "", api: "", query: "", only: new Set() };

/** What an address says; what it does not say is as at the beginning. */
export function routeOf(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view = "", id = "", api = ""] = path.split("/").map(decoded);
  const options = new URLSearchParams(search);
  const only = options.get("only") ?? "";
  return {
    ...START,
    ...(view === "matrix" || view === "compare" ? { view } : {}),
    ...(view === "one" && id !== "" ? { view, id, api } : {}),
    query: options.get("q") ?? "",
    only: new Set(SIGNS.filter((sign) => only.includes(sign))),
  };
}

/** The address of what is shown. */
export function hashOf({ view, id, api, query, only }: Partial<Route>): string {
  const path =
    view === "one"
      ? ["one", id ?? "", ...(api === undefined || api === "" ? [] : [api])]
      : [view === undefined || view === "list" ? "" : view];
  const options = new URLSearchParams();
  if (query !== undefined && query !== "") {
    options.set("q", query);
  }
  if (only !== undefined && only.size > 0) {
    options.set("only", [...only].join(""));
  }
  const search = options.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${search === "" ? "" : `?${search}`}`;
}

/** A part of an address, which anybody may have written. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
