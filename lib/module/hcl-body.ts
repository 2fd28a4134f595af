import { hclLiteral } from "./hcl-literal.js";
import { hclArgument, hclComment, hclValue, indent } from "./hcl-value.js";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.js";
import type { BlockNames } from "./module-document.js";
import { isMetaArgument } from "./order.js";

/** How the arguments of a body are written; what is not named is a value with templates. */
export interface BodyOptions {
  /** Arguments that are nested blocks. */
  readonly blocks?: BlockNames;
  /** Arguments whose strings hold no templates. */
  readonly literal?: readonly string[];
  /** JSON pointer of an argument or nested block → the comment above it. */
  readonly comments?: ReadonlyMap<string, string> | undefined;
  /** Arguments that are bare expressions: types and addresses. */
  readonly bare?: readonly string[];
  /** Comments at the top of the block, each on its line: what a program reads, and no matter of an argument. */
  readonly top?: readonly string[];
}

/** A block with its body: `header { … }`. */
export function hclBlock(header: string, body: JsonObject, options: BodyOptions = {}): string[] {
  const { top = [] } = options;
  const inside = hclBody(body, options);
  const apart = top.length > 0 && inside.length > 0 ? [""] : [];
  const lines = [...top.map((text) => `# ${text}`), ...apart, ...inside];
  return lines.length > 0 ? [`${header} {`, ...indent(lines), "}"] : [`${header} {}`];
}

/**
 * The inside of a block: arguments, then nested blocks, each block set off by a blank line, and so
 * are the meta-arguments at the top.
 */
function hclBody(body: JsonObject, options: BodyOptions): string[] {
  const lines: string[] = [];
  const add = (entry: readonly string[], apart: boolean) => {
    if (apart && lines.length > 0) {
      lines.push("");
    }
    lines.push(...entry);
  };
  const entries = Object.entries(body);
  let afterMeta = false;
  const { blocks = {} } = options;
  for (const [name, value] of entries) {
    if (!(name in blocks) && name !== "depends_on") {
      add([...commentAt(options, `/${name}`), ...argument(name, value, options)], afterMeta);
      afterMeta = isMetaArgument(name);
    }
  }
  for (const [name, value] of entries) {
    const inner = blocks[name];
    if (inner !== undefined) {
      const all = isJsonObject(value) ? [value] : (value as readonly JsonObject[]);
      for (const [index, block] of all.entries()) {
        const pointer = isJsonObject(value) ? `/${name}` : `/${name}/${index}`;
        const nested = { blocks: inner, bare: BARE_IN_BLOCKS, comments: below(options, pointer) };
        add([...commentAt(options, pointer), ...hclBlock(name, block, nested)], true);
      }
    }
  }
  if (body["depends_on"] !== undefined) {
    add(argument("depends_on", body["depends_on"], options), true);
  }
  return lines;
}

/** Inside `lifecycle` these are addresses. */
const BARE_IN_BLOCKS = ["ignore_changes", "replace_triggered_by"];

function commentAt({ comments }: BodyOptions, pointer: string): string[] {
  const comment = comments?.get(pointer);
  return comment === undefined ? [] : hclComment(comment);
}

/** The comments inside a nested block. */
function below({ comments = new Map() }: BodyOptions, pointer: string): Map<string, string> {
  const inside = [...comments].filter(([each]) => each.startsWith(`${pointer}/`));
  return new Map(inside.map(([each, text]) => [each.slice(pointer.length), text]));
}

function argument(name: string, value: JsonValue, options: BodyOptions): string[] {
  if (options.bare?.includes(name)) {
    return hclArgument(name, bareExpression(value));
  }
  const templates = !options.literal?.includes(name);
  const isLiteral = !templates && typeof value === "string";
  return hclArgument(name, isLiteral ? hclLiteral(value) : hclValue(value, { templates }));
}

function bareExpression(value: JsonValue): string[] {
  if (Array.isArray(value)) {
    return [`[${value.join(", ")}]`];
  }
  return String(value).split("\n");
}
