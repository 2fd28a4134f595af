import type { Sign } from "../page-data.js";
import { glyphOf, SIGNS, signName } from "../signs.js";
import { element } from "./elements.js";
import { DATA, type Person } from "./model.js";

/** What stands for an answer here. */
export function glyph(sign: Sign): string {
  return glyphOf(DATA.about, sign);
}

/** What an answer is called here. */
export function nameOfSign(sign: Sign): string {
  return signName(DATA.about, sign);
}

/** An answer: its glyph and, unless that stands beside it, its name for whoever hears the page. */
export function signElement(sign: Sign, isNamed = false): HTMLElement {
  return element(
    "span",
    { class: `sign ${sign}`, title: isNamed ? undefined : nameOfSign(sign) },
    element("span", { "aria-hidden": "true" }, glyph(sign)),
    ...(isNamed ? [] : [element("span", { class: "heard" }, nameOfSign(sign))]),
  );
}

/** An answer with its name, as a badge. */
export function badge(sign: Sign, text = nameOfSign(sign)): HTMLElement {
  return element("span", { class: `badge ${sign}` }, signElement(sign, true), ` ${text}`);
}

/** How many APIs work, as a number and as a bar with a stretch for each answer. */
export function bar({ signs, subject }: Person): HTMLElement {
  const [working, of] = subject.counts;
  const all = [...signs.values()];
  const stretches = SIGNS.toReversed().map((sign) => {
    const filled = element("span", { class: `filled ${sign}` });
    filled.style.flexGrow = String(all.filter((other) => other === sign).length);
    return filled;
  });
  return element(
    "span",
    { class: "part" },
    element("span", { class: "bar", "aria-hidden": "true" }, ...stretches),
    element("span", { class: "number" }, `${working} of ${of}`),
  );
}
