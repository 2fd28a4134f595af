import type { PageData, Sign } from "./page-data.js";

/** The signs, the worst first. */
export const SIGNS: readonly Sign[] = ["m", "u", "t", "a"];

/**
 * What stands for an answer beside its colour, which is never alone. Nothing is wrong with what a profile that is
 * compared leaves out.
 */
export function glyphOf(about: PageData["about"], sign: Sign): string {
  return about === "explain" && sign === "m" ? "–" : GLYPHS[sign];
}

/** What an answer is called. */
export function signName(about: PageData["about"], sign: Sign): string {
  return about === "explain" && sign === "m" ? "left out" : NAMES[sign];
}

const GLYPHS: Readonly<Record<Sign, string>> = { a: "✔", t: "!", m: "✖", u: "?" };

const NAMES: Readonly<Record<Sign, string>> = {
  a: "allowed",
  t: "tolerated",
  m: "missing",
  u: "untold",
};
