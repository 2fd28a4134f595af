import type { Sign } from "../page-data.js";
import { element } from "./elements.js";
import { COMPARES, counted, PEOPLE, WHO } from "./model.js";
import { hashOf, type Route, type View } from "./route.js";
import { nameOfSign, signElement } from "./sign.js";
import type { Shown } from "./view.js";

/** The signs of the filter, in the order of the keys 1 to 4. */
export const FILTERS: readonly Sign[] = ["a", "m", "t", "u"];

const VIEWS: readonly (readonly [View, string])[] = [
  ["list", COMPARES ? "Profiles" : "Principals"],
  ...(COMPARES ? [["compare", "Side by side"] as const] : []),
  ["matrix", "Matrix"],
];

/** What is done with the toolbar. */
export interface ToolbarActions {
  readonly search: (query: string) => void;
  readonly filter: (sign: Sign) => void;
  readonly theme: () => void;
  readonly help: () => void;
}

/** Views, search and filter, above whatever is shown. */
export class Toolbar {
  readonly root: HTMLElement;
  readonly search: HTMLInputElement;
  readonly #views: ReadonlyMap<View, HTMLAnchorElement>;
  readonly #filters: ReadonlyMap<Sign, HTMLButtonElement>;
  readonly #status = element("p", { class: "status", role: "status" });

  constructor(actions: ToolbarActions) {
    this.search = element("input", {
      type: "search",
      id: "search",
      placeholder: COMPARES ? "Search" : "Search names, policies, actions",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": "Search",
      "aria-keyshortcuts": "/",
    });
    this.search.addEventListener("input", () => actions.search(this.search.value));
    this.#views = new Map(VIEWS.map(([view, name]) => [view, element("a", {}, name)]));
    this.#filters = new Map(
      FILTERS.map((sign) => {
        const button = element(
          "button",
          { type: "button", class: `chip ${sign}`, "aria-pressed": "false" },
          signElement(sign, true),
          ` ${nameOfSign(sign)}`,
          element("span", { class: "number" }),
        );
        button.addEventListener("click", () => actions.filter(sign));
        return [sign, button];
      }),
    );
    const theme = button("◐", "Dark or light (d)", actions.theme);
    const help = button("?", "Keys (?)", actions.help);
    this.root = element(
      "div",
      { class: "toolbar", role: "search", "aria-label": "Views, search and filter" },
      element("nav", { "aria-label": "Views" }, ...this.#views.values()),
      element(
        "label",
        { class: "search" },
        this.search,
        element("kbd", { "aria-hidden": "true" }, "/"),
      ),
      element(
        "div",
        { class: "chips", role: "group", "aria-label": "Answers" },
        ...this.#filters.values(),
      ),
      this.#status,
      element("div", { class: "tools" }, theme, help),
    );
  }

  /** Says what is shown. */
  show(route: Route, { count, counts }: Pick<Shown, "count" | "counts">): void {
    for (const [view, link] of this.#views) {
      link.href = hashOf({ ...route, view });
      if (view === route.view || (view === "list" && route.view === "one")) {
        link.setAttribute("aria-current", route.view === "one" ? "true" : "page");
      } else {
        link.removeAttribute("aria-current");
      }
    }
    for (const [sign, chip] of this.#filters) {
      const isPressed = route.only.has(sign);
      const number = counts.get(sign) ?? 0;
      chip.setAttribute("aria-pressed", String(isPressed));
      chip.hidden = number === 0 && !isPressed;
      chip.lastElementChild?.replaceChildren(counted(number));
    }
    if (this.search.value !== route.query) {
      this.search.value = route.query;
    }
    const isAll = route.query === "" && route.only.size === 0;
    this.#status.textContent =
      isAll || route.view === "one"
        ? ""
        : route.view === "compare"
          ? counted(count, "permission")
          : `${counted(count)} of ${counted(PEOPLE.length, WHO)}`;
  }
}

function button(text: string, title: string, act: () => void): HTMLButtonElement {
  const made = element(
    "button",
    { type: "button", class: "button", title, "aria-label": title },
    text,
  );
  made.addEventListener("click", act);
  return made;
}
