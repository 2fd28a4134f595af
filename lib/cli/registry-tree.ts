import { posix } from "node:path";
import { gitSource, ownerAndName, registrySource } from "./addresses.js";
import type { Files } from "./module-files.js";
import { LICENSE, PUBLISHED_FILES } from "./published-files.js";
import { REGISTRY_DOCUMENTS } from "./registry-documents.js";

/** The module at the root of the tree: all of the others in one. */
const ROOT_MODULE = "remotion-lambda";

const { version, addresses, files: DOCUMENTS } = REGISTRY_DOCUMENTS;

/**
 * The modules as the public Terraform registry wants them, in a repository of their own: the main one at its root,
 * the others below `modules/`, and the examples, which call them where they lie. HCL alone: the registry shows no
 * JSON.
 *
 * @returns path in the tree → text
 * @see https://developer.hashicorp.com/terraform/registry/modules/publish#requirements
 */
export function registryTree(): Files {
  return new Map([
    ["LICENSE", LICENSE],
    ...Object.entries(PUBLISHED_FILES).flatMap(([name, { hcl }]) => moduleOfTree(name, hcl)),
    ...Object.entries(DOCUMENTS).map(([path, text]) => [path, documentOfTree(path, text)] as const),
  ]);
}

/** The folder of a module in the tree; empty for the root. */
function placeOf(name: string): string {
  return name === ROOT_MODULE ? "" : `modules/${name}`;
}

function moduleOfTree(
  name: string,
  files: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  const folder = placeOf(name);
  return Object.entries({ ...files, LICENSE }).map(([file, text]) => {
    const path = posix.join(folder, file);
    return [path, file === "README.md" ? readmeOfTree(name, text) : text] as const;
  });
}

function documentOfTree(path: string, text: string): string {
  return path.endsWith(".md") ? withLinks(text, path, path) : withRelativeSources(text, path);
}

/** A module's README with the sources of the registry; that of the root says what else is there. */
function readmeOfTree(name: string, text: string): string {
  const folder = placeOf(name);
  const readme = withRegistrySources(text);
  const whole = folder === "" ? withContents(readme) : readme;
  return withLinks(whole, `modules/${name}/README.md`, posix.join(folder, "README.md"));
}

/** The root's README: with the name of its repository, and with what lies beside the module. */
function withContents(readme: string): string {
  const [, repository] = ownerAndName(addresses.modulesRepository);
  const others = Object.keys(PUBLISHED_FILES).filter((name) => placeOf(name) !== "");
  const examples = Object.keys(DOCUMENTS).filter((path) => path.endsWith("/README.md"));
  const contents = [
    "## Submodules",
    table("Module", "Creates", [
      ...others.map((name) => [
        `[\`${name}\`](../${name})`,
        summaryOf(PUBLISHED_FILES[name]?.hcl["README.md"] ?? ""),
      ]),
    ]),
    `Each stands alone: \`source = "${registrySource(addresses.modulesRepository, placeOf(others[0] ?? ""))}"\`, with \`version\`.`,
    "## Examples",
    table("Example", "Shows", [
      ...examples.map((path) => {
        const folder = posix.dirname(path);
        return [`[${posix.basename(folder)}](../../${folder})`, summaryOf(DOCUMENTS[path] ?? "")];
      }),
    ]),
    "## Other sources",
    `The same modules in HCL and in JSON, the command line that says whether Remotion works with a plan, and the constructs for CDKTF and CDK Terrain: [${ownerAndName(addresses.repository)[1]}](${addresses.repository}). From git a module is`,
    [
      "```hcl",
      `source = "${gitSource(addresses.repository, `modules/${ROOT_MODULE}`, version)}"`,
      "```",
    ].join("\n"),
  ].join("\n\n");
  return readme
    .replace(`# ${ROOT_MODULE}\n`, `# ${repository}\n`)
    .replace(TERRAFORM_DOCS, () => `${contents}\n\n${TERRAFORM_DOCS}`);
}

/** What terraform-docs writes begins here: before it is the module's own part. */
const TERRAFORM_DOCS = "<!-- BEGIN_TF_DOCS -->\n";

/** The first sentence of a page, below its heading and what comments it has; without links, as it stands elsewhere. */
function summaryOf(page: string): string {
  const paragraphs = page.split("\n\n").map((paragraph) => paragraph.trim());
  const first = paragraphs.find((paragraph) => paragraph !== "" && !/^(#|<!--)/.test(paragraph));
  return (first ?? "")
    .replaceAll("\n", " ")
    .replace(/(?<=\.|:)\s.*$/, "")
    .replace(/:$/, ".")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}

function table(one: string, other: string, rows: readonly (readonly string[])[]): string {
  return [
    `| ${one} | ${other} |`,
    "| --- | --- |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}

/** A source in a README, which is a copy of the module's folder there, perhaps aligned with what follows. */
const COPIED = /^( *)source( +)= "\.\/modules\/([\w-]+)"(?: #.*)?$/gm;

/** The mocks of a copy of a module. */
const MOCKS = /^( *source = )"\.\/modules\/([\w-]+)\/(tests\/mocks)"$/gm;

function withRegistrySources(readme: string): string {
  const withMocks = readme.replaceAll(
    MOCKS,
    (_line, begin: string, name: string, mocks: string) => {
      const installed = posix.join(".terraform/modules/NAME", placeOf(name), mocks);
      return `${begin}"./${installed}" # NAME is what you call the module, which init puts there`;
    },
  );
  return withMocks.replaceAll(COPIED, (_line, indent: string, space: string, name: string) => {
    const source = registrySource(addresses.modulesRepository, placeOf(name));
    const width = Math.max(`source${space}`.length, "version ".length);
    const line = (key: string, value: string) => `${indent}${key.padEnd(width)}= "${value}"`;
    return [line("source", source), line("version", version)].join("\n");
  });
}

/** The examples of this repository lie as deep as those of the tree; the main module lies elsewhere. */
function withRelativeSources(text: string, path: string): string {
  const main = posix.relative(posix.dirname(path), `modules/${ROOT_MODULE}`);
  const root = posix.relative(posix.dirname(path), ".");
  return text.replaceAll(`"${main}"`, `"${root}"`);
}

/**
 * A page with links that are right where it lies in the tree: to what is in the tree, or else to this repository as
 * it was released.
 *
 * @param from path of the page in this repository
 * @param to path of the page in the tree
 */
function withLinks(page: string, from: string, to: string): string {
  return page.replaceAll(/\]\(([^)\s]+)\)/g, (whole, link: string) => {
    if (/^([a-z]+:|#)/.test(link)) {
      return whole;
    }
    const [path = "", anchor] = link.split("#");
    const target = posix.join(posix.dirname(from), path);
    const place = placeInTree(target);
    const address =
      place === undefined
        ? `${addresses.repository}/blob/v${version}/${target}`
        : posix.relative(posix.dirname(to), place) || ".";
    return `](${[address, ...(anchor === undefined ? [] : [anchor])].join("#")})`;
  });
}

/** Where something of this repository lies in the tree; `undefined` where it does not. */
function placeInTree(target: string): string | undefined {
  const [, name, below = ""] = /^modules\/([^/]+)(\/.*)?$/.exec(target) ?? [];
  if (name !== undefined && name in PUBLISHED_FILES) {
    return posix.join(placeOf(name), `.${below}`);
  }
  const isThere = Object.keys(DOCUMENTS).some(
    (path) => path === target || path.startsWith(`${target}/`),
  );
  return isThere || target === "LICENSE" ? target : undefined;
}
