import type { Sign } from "../page-data.js";
import { compareView } from "./compare-view.js";
import { element, find } from "./elements.js";
import { helpDialog } from "./help.js";
import { listen } from "./keys.js";
import { listView } from "./list-view.js";
import { matrixView } from "./matrix-view.js";
import { COMPARES, PEOPLE, type Person, PLACES, wordsOf } from "./model.js";
import { personView } from "./person-view.js";
import { hashOf, type Route, routeOf, type View } from "./route.js";
import { startTheme, toggleTheme } from "./theme.js";
import { FILTERS, Toolbar } from "./toolbar.js";
import type { Shown } from "./view.js";

/** The page at work: what the address says is shown. */
class Page {
  readonly #main: HTMLElement;
  readonly #help = helpDialog();
  readonly #toolbar = new Toolbar({
    search: (query) =>
      this.#replace({ query, ...(this.#route.view === "one" ? { view: "list" } : {}) }),
    filter: (sign) => this.#filter(sign),
    theme: toggleTheme,
    help: () => this.#help.showModal(),
  });
  #route: Route = routeOf(location.hash);
  #shown: Shown | undefined;
  #people: readonly Person[] = PEOPLE;
  #isStarted = false;
  /** The row that keys have marked. */
  #row = -1;

  constructor(main: HTMLElement) {
    this.#main = main;
    main.before(this.#toolbar.root);
    main.after(
      element(
        "footer",
        {},
        "Press ",
        element("kbd", {}, "?"),
        " for keys. Nothing of this page is sent or asked for anywhere.",
      ),
    );
    document.body.append(this.#help);
    window.addEventListener("hashchange", () => this.#show(routeOf(location.hash)));
    listen({
      search: () => {
        this.#toolbar.search.focus();
        this.#toolbar.search.select();
      },
      move: (by) => this.#move(by),
      beside: (by) => this.#beside(by),
      filter: (place) => {
        const sign = FILTERS[place];
        if (sign !== undefined) {
          this.#filter(sign);
        }
      },
      view: (view) => this.#go({ view }),
      theme: toggleTheme,
      help: () => this.#help.showModal(),
      back: () => this.#back(),
    });
    this.#show(this.#route);
  }

  #show(asked: Route): void {
    const before = this.#route;
    const route = { ...asked, view: shownView(asked) };
    this.#route = route;
    this.#shown?.rows?.end();
    this.#people = peopleOf(route);
    this.#shown = this.#view(route);
    this.#row = -1;
    this.#main.replaceChildren(this.#shown.content);
    this.#shown.rows?.shown();
    this.#toolbar.show(route, this.#shown);
    if (before.view === "one" && route.view !== "one") {
      this.#mark(this.#people.findIndex(({ id }) => id === before.id));
    }
    // What somebody filters stays where it is.
    if (!this.#isSame(before, route)) {
      this.#shown.shown?.();
    }
    this.#isStarted = true;
  }

  #isSame(before: Route, { view, id, api }: Route): boolean {
    return this.#isStarted && before.view === view && before.id === id && before.api === api;
  }

  #view(route: Route): Shown {
    const person = PEOPLE[PLACES.get(route.id) ?? -1];
    switch (route.view) {
      case "one":
        return person === undefined
          ? listView(this.#people, route)
          : personView(person, route, this.#people);
      case "compare":
        return compareView(PEOPLE, route);
      case "matrix":
        return matrixView(this.#people, route);
      default:
        return listView(this.#people, route);
    }
  }

  /** To another place, which the way back leads from. */
  #go(to: Partial<Route>): void {
    const route = { ...this.#route, ...to };
    history.pushState(null, "", hashOf(route));
    this.#show(route);
  }

  /** The same place otherwise: no way leads back. */
  #replace(to: Partial<Route>): void {
    const route = { ...this.#route, ...to };
    history.replaceState(null, "", hashOf(route));
    this.#show(route);
  }

  #filter(sign: Sign): void {
    const only = this.#route.only.has(sign) ? [] : [sign];
    this.#replace({ only: new Set(only) });
  }

  /** Marks a row of the table, or goes to the next of them all. */
  #move(by: 1 | -1): boolean {
    const { view, id } = this.#route;
    if (view === "one") {
      const next = this.#people[this.#people.findIndex((person) => person.id === id) + by];
      if (next === undefined || document.activeElement instanceof HTMLInputElement) {
        return false;
      }
      this.#go({ id: next.id, api: "" });
      return true;
    }
    const next = this.#row + by;
    return next >= 0 && this.#mark(next);
  }

  #mark(row: number): boolean {
    const found = this.#shown?.rows?.reveal(row);
    if (found === undefined) {
      return false;
    }
    const cell = this.#cellOf(document.activeElement);
    this.#row = row;
    const link = find<HTMLAnchorElement>("a", found.cells[cell] ?? found) ?? find("a", found);
    link?.focus({ preventScroll: true });
    return link !== undefined;
  }

  /** To the next cell of the matrix that has something. */
  #beside(by: 1 | -1): boolean {
    const row = document.activeElement?.closest("tr");
    if (this.#route.view !== "matrix" || !(row instanceof HTMLTableRowElement)) {
      return false;
    }
    let cell = this.#cellOf(document.activeElement) + by;
    while (cell >= 0 && cell < row.cells.length) {
      const link = find("a", row.cells[cell]);
      if (link !== undefined) {
        link.focus();
        return true;
      }
      cell += by;
    }
    return true;
  }

  #cellOf(focused: Element | null): number {
    const cell = focused?.closest("td, th");
    return cell instanceof HTMLTableCellElement && this.#main.contains(cell) ? cell.cellIndex : 0;
  }

  /** One step out of whatever somebody is in. */
  #back(): void {
    const { view, query, only } = this.#route;
    if (document.activeElement === this.#toolbar.search) {
      this.#toolbar.search.blur();
      if (query !== "") {
        this.#replace({ query: "" });
      }
    } else if (view === "one") {
      this.#go({ view: "list", api: "" });
    } else if (query !== "" || only.size > 0) {
      this.#replace({ query: "", only: new Set() });
    }
  }
}

/** The view that is asked for, where the page has it. */
function shownView({ view, id }: Route): View {
  const isThere = view === "one" ? PLACES.has(id) : view !== "compare" || COMPARES;
  return isThere ? view : "list";
}

function peopleOf({ query, only, view }: Route): readonly Person[] {
  const words = wordsOf(query);
  // What is said of one is filtered by itself.
  const byAnswer = view !== "one" && only.size > 0;
  return PEOPLE.filter(
    (person) =>
      (!byAnswer || only.has(person.subject.sign)) && (words.length === 0 || person.has(words)),
  );
}

startTheme();
const main = document.getElementById("main");
if (main !== null) {
  new Page(main);
}
