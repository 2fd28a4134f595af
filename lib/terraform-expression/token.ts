/** A piece of an expression. */
export type Token =
  | { readonly kind: "number"; readonly value: number; readonly at: number }
  | { readonly kind: "name"; readonly text: string; readonly at: number }
  | { readonly kind: "symbol"; readonly text: string; readonly at: number }
  | { readonly kind: "string"; readonly parts: readonly TemplatePart[]; readonly at: number }
  | { readonly kind: "newline" | "end"; readonly at: number };

/** A piece of a string template: text as it is meant, or the tokens of a `${…}`. */
export type TemplatePart = string | readonly Token[];
