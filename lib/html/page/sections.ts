import { type Content, element, keepRoles } from "./elements.js";

/** A part of what is said of somebody. */
export function section(title: string, ...content: readonly Content[]): HTMLElement {
  return element("section", {}, element("h3", {}, title), ...content);
}

/** A table that may be wider than the page. */
export function scrolling(label: string, table: HTMLTableElement): HTMLElement {
  return element(
    "div",
    { class: "scroll", role: "region", "aria-label": label, tabindex: 0 },
    table,
  );
}

/** A table whose rows are cards on a phone. */
export function headed(
  label: string,
  headings: readonly string[],
  rows: readonly Node[],
): HTMLElement {
  const table = element(
    "table",
    {},
    element("caption", { class: "heard" }, label),
    element(
      "thead",
      {},
      element("tr", {}, ...headings.map((text) => element("th", { scope: "col" }, text))),
    ),
    element("tbody", {}, ...rows),
  );
  return scrolling(label, asCards(table, headings));
}

/** Lets the rows of a table be cards on a phone, where each cell says what its column is called. */
export function asCards(table: HTMLTableElement, headings: readonly string[]): HTMLTableElement {
  for (const cell of table.querySelectorAll("td")) {
    cell.dataset["label"] = headings[cell.cellIndex] ?? "";
  }
  table.classList.add("cards");
  return keepRoles(table);
}
