import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

/** A document with what is not told spelled out: `?`, or a text with `?` for each hole. */
export function spelled(document: unknown): unknown {
  if (document instanceof UnknownPart) {
    return document.pieces === undefined ? "?" : document.pieces.join("?");
  }
  if (Array.isArray(document)) {
    return document.map(spelled);
  }
  return typeof document === "object" && document !== null
    ? Object.fromEntries(Object.entries(document).map(([key, item]) => [key, spelled(item)]))
    : document;
}

/** The causes of what is not told in a document, each once. */
export function causesIn(document: unknown): readonly string[] {
  if (document instanceof UnknownPart) {
    return [document.cause];
  }
  return typeof document === "object" && document !== null
    ? [...new Set(Object.values(document).flatMap(causesIn))]
    : [];
}
