/** A text that is not JSON, or none that can be read. */
export class InvalidJson extends Error {
  override readonly name = "InvalidJson";
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(`not readable as JSON: ${fault.kind}`);
    this.fault = fault;
  }
}

/** What is wrong with a text. Lines and columns count from 1, columns in characters. */
export type JsonFault =
  /** Something stands where JSON goes on otherwise; `found` is "" where the text ends. */
  | {
      readonly kind: "syntax";
      readonly line: number;
      readonly column: number;
      readonly found: string;
    }
  | { readonly kind: "nesting"; readonly limit: number }
  /** A key stands twice in one object, so that one of the two would be lost. */
  | { readonly kind: "repeated key"; readonly key: string }
  /** There is more than any file has, of what `limit` says how many are read. */
  | { readonly kind: "size"; readonly of: Unbounded; readonly limit: number };

/** What a text could have without end: megabytes of one value or of white space, items of a list, values in a row. */
export type Unbounded = "megabytes of one value" | "megabytes of white space" | "items" | "values";
