/** A number as conditions write it, or undefined when the text is none. */
export function parseNumber(text: string): number | undefined {
  return /^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(text) ? Number(text) : undefined;
}
