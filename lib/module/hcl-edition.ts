import { alignAssignments } from "./align.js";
import { type EditionFiles, filesOf, type ModuleFile } from "./edition.js";
import { hclBlock } from "./hcl-body.js";
import { hclArgument, hclComment, hclValue, indent } from "./hcl-value.js";
import { isJsonObject, type JsonObject } from "./json-value.js";
import { elementAt } from "./layout.js";
import type { Directive, MainElement, ModuleDocument } from "./module-document.js";
import { PAGE_WIDTH, wrapLine } from "./wrap.js";

/**
 * The HCL edition of a module: `versions.tf` and its siblings, as `terraform fmt` would leave them.
 * It says what the JSON edition says, value for value, with comments.
 *
 * CDKTF has an HCL output of its own, which drops `false` and empty defaults, `nullable` and
 * `moved`, and escapes nothing; hence this one.
 *
 * @see https://developer.hashicorp.com/terraform/language/style
 */
export function hclEdition(document: ModuleDocument): EditionFiles {
  return new Map(
    filesOf(document).map((file) => {
      const lines = [
        ...noticeBlocks(noticeOf(file, document)),
        ...blocksOf(file, document),
      ].flatMap((block, index) => (index === 0 ? block : ["", ...block]));
      return [`${file.name}.tf`, `${alignAssignments(lines).join("\n")}\n`];
    }),
  );
}

function blocksOf(file: ModuleFile, { variableComments = new Map() }: ModuleDocument): string[][] {
  return [
    ...versionBlocks(file),
    ...variableBlocks(file, variableComments).map((block) =>
      fitted(block, block.indexOf("  validation {")),
    ),
    ...elementBlocks(file).map((block) => fitted(block, 0)),
    ...movedBlocks(file),
    ...outputBlocks(file).map((block) => fitted(block, 0)),
  ];
}

/**
 * A block whose lines keep to the page's width, where they can be broken.
 *
 * @param from index of the first line that holds expressions; below 0 where none does
 */
function fitted(block: readonly string[], from: number): string[] {
  const lines = [...block];
  // Again after each break: the signs of what is left on a line each align anew.
  for (;;) {
    const broken = alignAssignments(lines).flatMap((aligned, index) => {
      const isLong = from >= 0 && index >= from && aligned.length > PAGE_WIDTH;
      const wrapped = isLong ? wrapLine(lines[index] ?? "") : undefined;
      return wrapped === undefined ? [] : [{ index, wrapped }];
    });
    if (broken.length === 0) {
      return lines;
    }
    for (const { index, wrapped } of broken.reverse()) {
      lines.splice(index, 1, ...wrapped);
    }
  }
}

/** What a file begins with. */
function noticeOf(
  { terraform }: ModuleFile,
  { notice = [], inputsNotice = [] }: ModuleDocument,
): readonly string[] {
  if (terraform["terraform"] !== undefined) {
    return notice;
  }
  return terraform["variable"] === undefined ? [] : inputsNotice;
}

/** Apart from what follows, which it is no comment on. */
function noticeBlocks(notice: readonly string[]): string[][] {
  return notice.length > 0 ? [notice.map((line) => `# ${line}`)] : [];
}

function versionBlocks({ terraform }: ModuleFile): string[][] {
  return terraform["terraform"] === undefined
    ? []
    : [
        hclBlock("terraform", objectAt(terraform, "terraform"), {
          blocks: { required_providers: {} },
          literal: ["required_version"],
        }),
      ];
}

function variableBlocks(
  { terraform }: ModuleFile,
  comments: NonNullable<ModuleDocument["variableComments"]>,
): string[][] {
  const said = new Set<string>();
  return entriesAt(terraform, "variable").map(([name, variable]) =>
    hclBlock(`variable "${name}"`, variable, {
      comments: unsaid(comments.get(name), said),
      blocks: { validation: {} },
      literal: ["description", "default"],
      bare: ["type"],
    }),
  );
}

/** Comments that do not stand in the file already: several variables have one rule. */
function unsaid(
  comments: ReadonlyMap<string, string> | undefined,
  said: Set<string>,
): ReadonlyMap<string, string> {
  const left = [...(comments ?? [])].filter(([, text]) => {
    const isNew = !said.has(text);
    said.add(text);
    return isNew;
  });
  return new Map(left);
}

function outputBlocks({ terraform }: ModuleFile): string[][] {
  return entriesAt(terraform, "output").map(([name, output]) =>
    hclBlock(`output "${name}"`, output, {
      blocks: { precondition: {} },
      literal: ["description"],
      bare: ["depends_on"],
    }),
  );
}

/** Locals and resources in the order of the layout; neighbouring locals share a block. */
function elementBlocks({ terraform, layout }: ModuleFile): string[][] {
  const blocks: string[][] = [];
  let locals: string[][] = [];
  const closeLocals = () => {
    if (locals.length > 0) {
      blocks.push(["locals {", ...indent(apart(locals)), "}"]);
    }
    locals = [];
  };
  for (const element of layout) {
    if (element.address.startsWith("local.")) {
      locals.push(localLines(terraform, element));
    } else {
      closeLocals();
      blocks.push(resourceBlock(terraform, element));
    }
  }
  closeLocals();
  return blocks;
}

/** Locals with a blank line between, but for those that take one line and no comment. */
function apart(locals: readonly string[][]): string[] {
  return locals.flatMap((local, index) => {
    const before = locals[index - 1];
    const close = local.length === 1 && before?.at(-1)?.includes(" = ");
    return before === undefined || close ? local : ["", ...local];
  });
}

function localLines(terraform: JsonObject, { address, comments }: MainElement): string[] {
  const name = address.slice("local.".length);
  const value = elementAt(terraform, address);
  return [...commentLines(comments.get("")), ...hclArgument(name, hclValue(value, { comments }))];
}

function resourceBlock(
  terraform: JsonObject,
  { address, comments, blocks, directives = [] }: MainElement,
): string[] {
  const [type = "", name = ""] = address.split(".");
  const body = elementAt(terraform, address) as JsonObject;
  const told = (place: Directive["place"]) =>
    directives.filter((directive) => directive.place === place).map(({ text }) => text);
  return [
    ...commentLines(comments.get("")),
    ...told("above").map((text) => `# ${text}`),
    ...hclBlock(`resource "${type}" "${name}"`, body, {
      blocks,
      comments,
      bare: ["depends_on", "provider"],
      top: told("inside"),
    }),
  ];
}

function movedBlocks({ terraform }: ModuleFile): string[][] {
  const moves = (terraform["moved"] ?? []) as readonly JsonObject[];
  return moves.map(({ from = "", to = "" }) =>
    hclBlock("moved", { from, to }, { bare: ["from", "to"] }),
  );
}

function commentLines(comment: string | undefined): string[] {
  return comment === undefined ? [] : hclComment(comment);
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

function entriesAt(object: JsonObject, key: string): [string, JsonObject][] {
  return Object.entries(objectAt(object, key)) as [string, JsonObject][];
}
