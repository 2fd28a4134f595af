import type { Sign } from "../page-data.js";
import { element, foreign } from "./elements.js";
import { apiName, COLUMNS, COMPARES, COUNTS, DATA, type Person, WHO } from "./model.js";
import { hashOf, type Route } from "./route.js";
import { glyph, nameOfSign, signElement } from "./sign.js";
import type { Shown } from "./view.js";
import { VirtualRows } from "./virtual-rows.js";

/** Everybody and every API: a cell for each answer. */
export function matrixView(people: readonly Person[], route: Route): Shown {
  const body = element("tbody");
  const table = element(
    "table",
    { class: "matrix" },
    element("caption", { class: "heard" }, `${WHO}s and Remotion’s APIs`),
    head(),
    body,
  );
  const scroller = element(
    "div",
    { class: "scroll tall", role: "region", "aria-label": "Matrix", tabindex: 0 },
    table,
  );
  const rows = new VirtualRows(
    body,
    { count: people.length, columns: COLUMNS.length + 1 },
    (place) => row(people[place], route),
    people.length > 20 ? scroller : undefined,
  );
  const legend = element(
    "p",
    { class: "legend" },
    ...(["a", "m", "t", "u"] as const).flatMap((sign) => [
      element("span", {}, signElement(sign, true), ` ${nameOfSign(sign)}`),
      " ",
    ]),
    element("span", {}, element("span", { class: "sign none" }, "·"), " not asked of that part"),
  );
  return {
    content: element("div", { class: "view wide" }, legend, ...rows.printedNote, scroller),
    rows,
    count: people.length,
    counts: COUNTS,
  };
}

function head(): HTMLTableSectionElement {
  const groups = new Map<number, number>();
  for (const api of COLUMNS) {
    const group = DATA.apis[api]?.group ?? 0;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return element(
    "thead",
    {},
    element(
      "tr",
      { class: "groups" },
      element("td"),
      ...Array.from(groups, ([group, colspan]) =>
        element(
          "th",
          { scope: "colgroup", colspan },
          element("span", {}, DATA.groups[group] ?? ""),
        ),
      ),
    ),
    element(
      "tr",
      { class: "apis" },
      element("th", { scope: "col" }, COMPARES ? "Profile" : "Principal"),
      ...COLUMNS.map((place) => {
        const api = DATA.apis[place];
        return element(
          "th",
          { scope: "col", class: beginsGroup(place) },
          element(
            "span",
            { title: api === undefined ? "" : apiName(api) },
            api === undefined ? "" : apiName(api),
          ),
        );
      }),
    ),
  );
}

/** A line stands where another group begins. */
function beginsGroup(api: number): string | undefined {
  const before = COLUMNS[COLUMNS.indexOf(api) - 1];
  return before === undefined || DATA.apis[before]?.group !== DATA.apis[api]?.group
    ? "begins"
    : undefined;
}

const BEGINS = new Map(COLUMNS.map((api) => [api, beginsGroup(api)]));

function row(person: Person | undefined, route: Route): HTMLTableRowElement {
  if (person === undefined) {
    return element("tr");
  }
  const { subject, id, signs } = person;
  const link = { ...route, view: "one", id } as const;
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      element(
        "a",
        { href: hashOf({ ...link, api: "" }), class: "name" },
        signElement(subject.sign),
        " ",
        foreign(subject.name),
      ),
    ),
    ...COLUMNS.map((place) => cell(place, signs.get(place), link)),
  );
}

function cell(place: number, sign: Sign | undefined, link: Partial<Route>): HTMLTableCellElement {
  const begins = BEGINS.get(place);
  const api = DATA.apis[place];
  if (sign === undefined || api === undefined) {
    return element("td", { class: `none ${begins ?? ""}` }, "·");
  }
  const name = apiName(api);
  return element(
    "td",
    { class: `cell ${sign} ${begins ?? ""}` },
    element(
      "a",
      {
        href: hashOf({ ...link, api: name }),
        tabindex: -1,
        title: `${name}: ${nameOfSign(sign)}`,
        "aria-label": nameOfSign(sign),
      },
      glyph(sign),
    ),
  );
}
