/** What an element is made with: attributes; true for one without a value, undefined or false for none. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What stands in an element: a text is a text, whatever is in it. */
export type Content = Node | string;

/** An element of HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setAttributes(made, attributes);
  made.append(...content);
  return made;
}

/** An element of SVG. */
export function drawn<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  setAttributes(made, attributes);
  made.append(...content);
  return made;
}

/** A text from a file: its direction is its own, and changes nothing around it. */
export function foreign(text: string, name: "bdi" | "code" = "bdi"): HTMLElement {
  return name === "bdi" ? element("bdi", {}, text) : element("code", { dir: "auto" }, text);
}

/** Texts from a file, with something between them. */
export function foreignList(
  texts: readonly string[],
  { name = "bdi", separator = ", " }: { name?: "bdi" | "code"; separator?: string } = {},
): readonly Content[] {
  return texts.flatMap((text, place) =>
    place === 0 ? [foreign(text, name)] : [separator, foreign(text, name)],
  );
}

/** The first element that a selector finds. */
export function find<Found extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): Found | undefined {
  return within.querySelector<Found>(selector) ?? undefined;
}

/**
 * Says what the parts of a table are. Where a style sheet shows rows as cards, browsers would no longer take them for
 * rows.
 */
export function keepRoles<Part extends HTMLElement>(part: Part): Part {
  for (const one of [part, ...part.querySelectorAll<HTMLElement>("thead, tbody, tr, th, td")]) {
    const role =
      one instanceof HTMLTableCellElement && one.tagName === "TH"
        ? one.scope === "row"
          ? "rowheader"
          : "columnheader"
        : ROLES[one.tagName];
    if (role !== undefined) {
      one.setAttribute("role", role);
    }
  }
  return part;
}

const ROLES: Readonly<Record<string, string>> = {
  TABLE: "table",
  THEAD: "rowgroup",
  TBODY: "rowgroup",
  TR: "row",
  TD: "cell",
};

function setAttributes(to: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      to.setAttribute(name, value === true ? "" : String(value));
    }
  }
}
