import type { JsonObject } from "./json-value.js";

/** Names of the nested blocks in a body, and of those inside them. */
export interface BlockNames {
  readonly [name: string]: BlockNames;
}

/** A comment that a program reads, and where it looks for it: right above a block, or at its top. */
export interface Directive {
  readonly text: string;
  readonly place: "above" | "inside";
}

/** A local or a resource. */
export interface MainElement {
  /** `local.NAME` or `TYPE.NAME`. */
  readonly address: string;
  /** Name of the file that it stands in, without its extension. @default "main" */
  readonly concern?: string;
  /** JSON pointer into the element's value → the comment above it; `""` is the element itself. */
  readonly comments: ReadonlyMap<string, string>;
  /** Which arguments of a resource are nested blocks. */
  readonly blocks: BlockNames;
  /** Comments on a resource that programs read, line by line. @default none */
  readonly directives?: readonly Directive[];
}

/** A provider-free module: what both editions are written from. */
export interface ModuleDocument {
  /** Name of the module, and of its folder. */
  readonly name: string;
  /** The configuration in Terraform's JSON syntax, with nothing of CDKTF left in it. */
  readonly terraform: JsonObject;
  /** The locals and resources in the order in which a reader should meet them. */
  readonly layout: readonly MainElement[];
  /** Variable → JSON pointer into it → the comment above that part. @default none */
  readonly variableComments?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What `versions.tf` begins with, line by line; JSON has no comments. @default nothing */
  readonly notice?: readonly string[];
  /** What `variables.tf` begins with, line by line. @default nothing */
  readonly inputsNotice?: readonly string[];
}
