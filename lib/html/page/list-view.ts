import { drawing } from "./drawing.js";
import { element, foreign, keepRoles } from "./elements.js";
import { COMPARES, COUNTS, counted, DATA, PEOPLE, type Person, WHO } from "./model.js";
import { hashOf, type Route } from "./route.js";
import { bar, nameOfSign, signElement } from "./sign.js";
import type { Shown } from "./view.js";
import { VirtualRows } from "./virtual-rows.js";

/** So many are drawn in one picture. */
const MOST_DRAWN = 8;

/** Everybody in a table, the first of them drawn. */
export function listView(people: readonly Person[], route: Route): Shown {
  const body = element("tbody");
  const headings = [
    ["is-name", COMPARES ? "Profile" : "Principal"],
    ["is-part", COMPARES ? "For" : "Part"],
    ...(COMPARES ? [] : [["is-held", "Profile"]]),
    ["is-works", "Works"],
    ["count", COMPARES ? "Left out" : "Missing"],
    ["count", "Untold"],
    ["count", "Warnings"],
    ...(COMPARES ? [] : [["count", "In excess"]]),
  ] as const;
  const table = keepRoles(
    element(
      "table",
      { class: "list" },
      element("caption", { class: "heard" }, `${WHO}s`),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          ...headings.map(([name, text]) => element("th", { scope: "col", class: name }, text)),
        ),
      ),
      body,
    ),
  );
  const rows = new VirtualRows(body, { count: people.length, columns: headings.length }, (place) =>
    row(people[place], route),
  );
  const drawn = people.slice(0, MOST_DRAWN);
  const further = people.length - drawn.length;
  const content = element(
    "div",
    { class: "view" },
    ...(people.length === 0 ? [nobody()] : [...rows.printedNote, table]),
    ...(drawn.length === 0
      ? []
      : [
          element(
            "section",
            { "aria-labelledby": "drawn" },
            element("h2", { id: "drawn" }, COMPARES ? "What works with what" : "Who may do what"),
            ...(further > 0
              ? [
                  element(
                    "p",
                    { class: "quiet" },
                    `The first ${drawn.length} of ${counted(people.length)}: search or filter for others.`,
                  ),
                ]
              : []),
            drawing(drawn, "groups"),
          ),
        ]),
    ...bystanders(),
  );
  return { content, rows, count: people.length, counts: COUNTS };
}

function nobody(): HTMLElement {
  return element(
    "p",
    { class: "nobody" },
    PEOPLE.length === 0
      ? "Nobody of whom there is anything to say."
      : `No ${WHO} is like that. Press Escape to see all.`,
  );
}

function row(person: Person | undefined, route: Route): HTMLTableRowElement {
  if (person === undefined) {
    return element("tr");
  }
  const { name, address, part, held, able, sign, counts, furtherExcess } = person.subject;
  const [, , missing, untold, warned] = counts;
  const link = element(
    "a",
    { href: hashOf({ ...route, view: "one", id: person.id, api: "" }), class: "name" },
    signElement(sign),
    " ",
    foreign(name),
  );
  const made = element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      link,
      ...(address === "" ? [] : [element("small", { class: "address" }, foreign(address))]),
    ),
    element("td", { class: "is-part" }, part, ...(able ? [" (fails nothing)"] : [])),
    ...(COMPARES ? [] : [element("td", { class: "is-held" }, held)]),
    element("td", { class: "is-works" }, bar(person)),
    count(missing, nameOfSign("m")),
    count(untold, "untold"),
    count(warned, "with a warning"),
    ...(COMPARES ? [] : [count(person.excess.length + furtherExcess, "in excess")]),
  );
  made.classList.toggle("able", able);
  return keepRoles(made);
}

/** A number with what it counts, which is read where the head of its column is not seen. */
function count(number: number, what: string): HTMLElement {
  return element(
    "td",
    { class: number === 0 ? "count zero" : "count" },
    String(number),
    element("span", { class: "unit" }, ` ${what}`),
  );
}

function bystanders(): readonly HTMLElement[] {
  const { bystanders: names, furtherBystanders } = DATA;
  if (names.length === 0) {
    return [];
  }
  const folded = element(
    "details",
    { class: "bystanders" },
    element(
      "summary",
      {},
      `${counted(names.length + furtherBystanders)} with nothing to do with Remotion`,
    ),
  );
  // A thousand names take their time to be laid out, and few look at them.
  folded.addEventListener(
    "toggle",
    () => {
      folded.append(
        element("ul", {}, ...names.map((name) => element("li", {}, foreign(name)))),
        ...(furtherBystanders > 0
          ? [element("p", { class: "quiet" }, `And ${counted(furtherBystanders)} more.`)]
          : []),
      );
    },
    { once: true },
  );
  return [folded];
}
