import type { Permission } from "../page-data.js";
import { element } from "./elements.js";
import { actionCode, actionName, counted, type Person, wordsOf } from "./model.js";
import { hashOf, type Route } from "./route.js";
import { asCards, scrolling } from "./sections.js";
import { signElement } from "./sign.js";
import type { Shown } from "./view.js";

/** A permission, and what each profile has of it: statements, none where the profile leaves it out. */
interface Compared {
  /** Place of the action, and its name. */
  readonly place: number;
  readonly action: string;
  readonly having: readonly (readonly Permission[])[];
}

/** Profiles side by side, permission by permission. */
export function compareView(people: readonly Person[], route: Route): Shown {
  const words = wordsOf(route.query);
  const every = compared(people);
  const all = every.filter(
    ({ action, having }) =>
      isAsked(having, route) &&
      words.every((word) => textOf(action, having).toLowerCase().includes(word)),
  );
  const services = Map.groupBy(all, ({ action }) => action.split(":")[0] ?? "");
  const names = people.map(({ subject }) => subject.name);
  const headings = ["Permission", ...names, "Reason", "Needed by"];
  const links = new Map(
    people.map(({ subject, id }) => [
      subject.name,
      element("a", { href: hashOf({ ...route, view: "one", id, api: "" }) }, subject.name),
    ]),
  );
  const table = element(
    "table",
    { class: "compare" },
    element("caption", { class: "heard" }, "Profiles, permission by permission"),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...headings.map((heading) =>
          element("th", { scope: "col" }, links.get(heading) ?? heading),
        ),
      ),
    ),
    ...Array.from(services, ([service, rows]) =>
      element(
        "tbody",
        {},
        element(
          "tr",
          { class: "service" },
          element(
            "th",
            { scope: "rowgroup", colspan: headings.length },
            service,
            element("span", { class: "quiet" }, ` ${counted(rows.length, "permission")}`),
          ),
        ),
        ...rows.map(row),
      ),
    ),
  );
  return {
    content: element(
      "div",
      { class: "view" },
      ...(all.length === 0
        ? [
            element(
              "p",
              { class: "nobody" },
              "No permission is like that. Press Escape to see all.",
            ),
          ]
        : [scrolling("Profiles side by side", asCards(table, headings))]),
    ),
    count: all.length,
    counts: new Map([
      ["a", every.filter(({ having }) => !isLeftOut(having)).length],
      ["m", every.filter(({ having }) => isLeftOut(having)).length],
    ]),
  };
}

/** Left out by somebody, or by nobody; all where neither is asked for, or both. */
function isAsked(having: Compared["having"], { only }: Route): boolean {
  return only.has("m") === only.has("a") || only.has("m") === isLeftOut(having);
}

function isLeftOut(having: Compared["having"]): boolean {
  return having.some((statements) => statements.length === 0);
}

function compared(people: readonly Person[]): readonly Compared[] {
  const actions = new Set(
    people.flatMap(({ permissions }) => permissions.flatMap((permission) => permission.actions)),
  );
  return Array.from(actions, (place) => ({
    place,
    action: actionName(place),
    having: people.map(({ permissions }) =>
      permissions.filter((permission) => permission.actions.includes(place)),
    ),
  })).sort((one, other) => (one.action < other.action ? -1 : 1));
}

function textOf(action: string, having: Compared["having"]): string {
  return [
    action,
    ...having
      .flat()
      .flatMap(({ scope, reason, neededBy, option }) => [scope, reason, option, ...neededBy]),
  ].join("\n");
}

function row({ place, having }: Compared): HTMLTableRowElement {
  const reasons = new Set(having.flat().map(({ reason }) => reason));
  const apis = new Set(having.flat().flatMap(({ neededBy }) => neededBy));
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, actionCode(place)),
    ...having.map((statements) =>
      statements.length === 0
        ? element("td", { class: "left-out" }, element("span", {}, "– left out"))
        : element(
            "td",
            {},
            signElement("a"),
            " ",
            ...statements.map(({ scope, option }) =>
              element(
                "span",
                { class: "scope" },
                scope,
                ...(option === "" ? [] : [` (with ${option})`]),
              ),
            ),
          ),
    ),
    element(
      "td",
      { class: "reasons" },
      ...Array.from(reasons, (reason) => element("p", {}, reason)),
    ),
    element(
      "td",
      {},
      element(
        "details",
        {},
        element("summary", {}, counted(apis.size, "API")),
        element("ul", { class: "plain" }, ...[...apis].sort().map((api) => element("li", {}, api))),
      ),
    ),
  );
}
