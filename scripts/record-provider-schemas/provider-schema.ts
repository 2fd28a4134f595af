import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a resource type of a provider takes and gives, by Terraform's names. */
interface ResourceSchema {
  /** Input → its type in the bindings, with `required` before it where it has to be given. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Attributes that are read alone. */
  readonly computed: readonly string[];
}

/** Resource types of one version of a provider. */
export interface ProviderSchema {
  /** Version of the provider. */
  readonly version: string;
  /** npm's package of the bindings that it is read from, with its version. */
  readonly bindings: string;
  /** `aws_iam_role` → what it is. */
  readonly resources: Readonly<Record<string, ResourceSchema>>;
}

/**
 * What the type definitions of bindings for the AWS provider say of resource types. They are made from the provider's own
 * schema.
 *
 * @param folder of the package
 * @param types `aws_iam_role`, and so on
 */
export function providerSchema(folder: string, types: readonly string[]): ProviderSchema {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { cdktf, cdktn = cdktf } = manifest;
  return {
    version: cdktn.provider.version,
    bindings: `${manifest.name} ${manifest.version}`,
    resources: Object.fromEntries(
      types.map((type) => {
        const text = readFileSync(join(folder, definitionsOf(type)), "utf8");
        return [type, resourceSchema(text)];
      }),
    ),
  };
}

/** The file of bindings that has the type definitions of a resource type. */
export function definitionsOf(type: string): string {
  return `lib/${type.replace(/^aws_/, "").replaceAll("_", "-")}/index.d.ts`;
}

/** A documented member of an interface: the anchor of its documentation is Terraform's name. */
const INPUT =
  /docs\/resources\/\w+#(\w+) [^*]*?\}(?:(?!\*\/)[\s\S])*\*\/\n +readonly \w+(\??): ((?:\{[^}]*\}|[^;{])*);/g;

function resourceSchema(text: string): ResourceSchema {
  const [, config = ""] =
    /^export interface \w+Config extends [\w.]+ \{\n([\s\S]*?)^\}/m.exec(text) ?? [];
  const inputs = Object.fromEntries(
    Array.from(config.matchAll(INPUT), ([, name = "", optional, type = ""]) => [
      name,
      `${optional === "" ? "required " : ""}${simplified(type)}`,
    ]),
  );
  const [, members = ""] =
    /^export declare class \w+ extends [\w.]+TerraformResource \{\n([\s\S]*?)^\}/m.exec(text) ?? [];
  const getters = Array.from(members.matchAll(/^ {4}get (\w+)\(\): (?!any)/gm), ([, name = ""]) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  const isComputed = (name: string) => !(name in inputs) && !name.endsWith("_input");
  return { inputs, computed: [...new Set(getters.filter(isComputed))].sort() };
}

/** A type without its namespace, on one line. */
function simplified(type: string): string {
  return type
    .replaceAll(/\bcdkt[fn]\./g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
