import { layered, type Placed, tree } from "./drawing-layout.js";
import { drawn, element } from "./elements.js";
import { type Box, description, type Graph, graphOf, type Line } from "./graph.js";
import type { Person } from "./model.js";
import { glyph, nameOfSign } from "./sign.js";

/** Narrower drawings are trees. */
const NARROW = 620;

const FONT_SIZE = 13;

/**
 * Draws who has which policies, and which APIs these allow: all in one picture, or where there is no room for that one
 * below the other.
 *
 * @param detail whether APIs are drawn one by one, or in their groups
 */
export function drawing(people: readonly Person[], detail: "apis" | "groups"): HTMLElement {
  const pictures = element("div");
  const hasLimits = people.some(({ subject }) =>
    subject.policies.some(({ is }) => is === "boundary"),
  );
  const figure = element(
    "figure",
    { class: "drawing" },
    pictures,
    element(
      "figcaption",
      {},
      key("all", "allows all calls"),
      key("some", "allows some"),
      ...(hasLimits ? [key("limits", "limits")] : []),
      element("span", {}, "The tables say the same."),
    ),
  );
  let width = 0;
  const draw = () => {
    const now = Math.floor(figure.clientWidth);
    if (now > 0 && now !== width) {
      width = now;
      pictures.replaceChildren(
        ...(now < NARROW
          ? people.map((person) => picture(graphOf([person], detail), tree, now))
          : [picture(graphOf(people, detail), layered, now)]),
      );
    }
  };
  new ResizeObserver(draw).observe(figure);
  return figure;
}

function key(kind: Line["kind"], text: string): HTMLElement {
  return element(
    "span",
    {},
    element("span", { class: `key ${kind}`, "aria-hidden": "true" }),
    ` ${text}`,
  );
}

/** Says how wide a text is in the drawing. */
const RULER = document.createElement("canvas").getContext("2d");

function widthOf(text: string, size: number): number {
  if (RULER === null) {
    return text.length * size * 0.6;
  }
  RULER.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return RULER.measureText(text).width;
}

function picture(
  graph: Graph,
  layout: (graph: Graph, width: number) => Placed,
  width: number,
): SVGSVGElement {
  const { places, height, paths } = layout(graph, width);
  const made = drawn("svg", {
    role: "group",
    "aria-label": description(graph),
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
  });
  const boxes = new Map(graph.columns.flat().map((box) => [box.key, box]));
  const lines = paths.map(({ line: { from, to, kind }, d }) =>
    drawn("path", { d, class: `line ${kind}`, "data-from": from, "data-to": to }),
  );
  const drawnBoxes = places.flatMap((place) => {
    const box = boxes.get(place.key);
    return box === undefined ? [] : [boxElement(box, place)];
  });
  made.append(drawn("g", { "aria-hidden": "true" }, ...lines), ...drawnBoxes);
  for (const one of drawnBoxes) {
    const key = one.getAttribute("data-key") ?? "";
    one.addEventListener("pointerenter", () => light(made, graph, key));
    one.addEventListener("pointerleave", () => light(made, graph, undefined));
  }
  return made;
}

function boxElement(box: Box, place: Placed["places"][number]): SVGElement {
  const { text, note, sign, href, key: own } = box;
  const { x, y, width, height } = place;
  const isSigned = sign !== "none";
  const noteWidth = note === "" ? 0 : widthOf(note, 11.5) + 8;
  const room = width - (isSigned ? 38 : 20) - noteWidth;
  const middle = y + height / 2;
  const content = [
    drawn(
      "title",
      {},
      [text, note, ...(isSigned ? [nameOfSign(sign)] : [])].filter(Boolean).join(", "),
    ),
    drawn("rect", { x, y, width, height, rx: 7 }),
    ...(isSigned ? [drawn("text", { x: x + 10, y: middle + 5, class: "glyph" }, glyph(sign))] : []),
    drawn(
      "text",
      { x: x + (isSigned ? 28 : 10), y: middle + 4.5, class: "label" },
      shortened(text, room),
    ),
    ...(note === ""
      ? []
      : [
          drawn(
            "text",
            { x: x + width - 10, y: middle + 4, class: "note", "text-anchor": "end" },
            note,
          ),
        ]),
  ];
  const attributes = { class: `box ${sign}`, "data-key": own };
  return href === ""
    ? drawn("g", attributes, ...content)
    : drawn("a", { ...attributes, href }, ...content);
}

/** A text without its middle, where there is no room for all of it. */
function shortened(text: string, room: number): string {
  const width = widthOf(text, FONT_SIZE);
  if (width <= room) {
    return text;
  }
  let kept = Math.ceil((text.length * room) / width);
  const shortest = () => {
    const end = Math.floor(kept / 3);
    return `${text.slice(0, kept - end)}…${text.slice(text.length - end)}`;
  };
  while (kept > 2 && widthOf(shortest(), FONT_SIZE) > room) {
    kept -= 1;
  }
  return shortest();
}

/** Lets what leads to a box, and from it, stand out. */
function light(picture: SVGSVGElement, { lines }: Graph, key: string | undefined): void {
  picture.classList.toggle("lit", key !== undefined);
  const near = new Set(key === undefined ? [] : [key]);
  for (const { from, to } of lines) {
    if (to === key || from === key) {
      near.add(from).add(to);
    }
  }
  for (const line of picture.querySelectorAll<SVGPathElement>(".line")) {
    const { from = "", to = "" } = line.dataset;
    line.classList.toggle("near", from === key || to === key);
  }
  for (const box of picture.querySelectorAll<SVGElement>(".box")) {
    box.classList.toggle("near", near.has(box.dataset["key"] ?? ""));
  }
}
