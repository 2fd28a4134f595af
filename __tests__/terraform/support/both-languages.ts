import { join } from "node:path";
import { hclBlock } from "../../../lib/module/hcl-body.js";
import { hclValue } from "../../../lib/module/hcl-value.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../lib/module/json-value.js";
import type { BlockNames } from "../../../lib/module/module-document.js";
import { cutPlan, type Json } from "../../differential/support/cut-plan.js";
import { startProvider } from "../../support/aws.js";
import { OFFLINE_PROVIDER } from "../../support/offline-provider.js";
import { REPOSITORY } from "../../support/repository.js";
import { MODULES, type Root } from "../../support/root-parts.js";
import { Workspace } from "../../support/workspace.js";

/** The languages of Terraform. */
const LANGUAGES = ["json", "hcl"] as const;
type Language = (typeof LANGUAGES)[number];

const IN_STATEMENTS: BlockNames = { condition: {}, principals: {}, not_principals: {} };

/** What is a nested block in HCL, in whichever resource of these roots. */
const BLOCKS: BlockNames = {
  statement: IN_STATEMENTS,
  'dynamic "statement"': { content: IN_STATEMENTS },
  inline_policy: {},
  permissions_boundary: {},
  customer_managed_policy_reference: {},
};

/** Plans roots as module calls of one plan, each written in both languages, which costs as much as planning one. */
export class BothLanguages {
  readonly #plan: unknown;

  private constructor(plan: unknown) {
    this.#plan = plan;
  }

  static async of(roots: readonly Root[]): Promise<BothLanguages> {
    const provider = await startProvider({});
    const workspace = new Workspace(provider.environment).copy(
      join(REPOSITORY, "modules"),
      "modules",
    );
    roots.forEach((root, index) => {
      const [json, hcl] = [rootIn(root, "../modules/json"), rootIn(root, "../modules")];
      workspace.write(`${callOf(index, "json")}/main.tf.json`, JSON.stringify(json));
      workspace.write(`${callOf(index, "hcl")}/main.tf`, asHcl(hcl));
    });
    const calls = roots.flatMap((_, index) => LANGUAGES.map((one) => callOf(index, one)));
    const module = Object.fromEntries(calls.map((call) => [call, { source: `../${call}` }]));
    workspace.write(
      "all/main.tf.json",
      JSON.stringify({ provider: { aws: OFFLINE_PROVIDER }, module }),
    );
    await workspace.init("all");
    const plan = await workspace.plan(["-refresh=false"], "all");
    workspace.remove();
    await provider.stop();
    return new BothLanguages(plan);
  }

  /** The plan of a root as it was written in a language, as if it were planned alone. */
  planOf(index: number, language: Language): Json {
    return cutPlan(this.#plan, callOf(index, language));
  }
}

function callOf(index: number, language: Language): string {
  return `root${index}_${language}`;
}

function rootIn(root: Root, modules: string): Root {
  return JSON.parse(JSON.stringify(root).replaceAll(MODULES, modules)) as Root;
}

/** A root as people write it in HCL: policies by `jsonencode`. */
function asHcl({ locals, data = {}, resource = {}, module = {} }: Root): string {
  const blocks = [
    ...(locals === undefined ? [] : [hclBlock("locals", locals)]),
    ...typed("data", data),
    ...typed("resource", resource),
    ...Object.entries(module).map(([name, body]) => block(`module "${name}"`, body)),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function typed(kind: string, types: JsonObject): string[][] {
  return Object.entries(types).flatMap(([type, named]) =>
    Object.entries(named as JsonObject).map(([name, body]) =>
      block(`${kind} "${type}" "${name}"`, body),
    ),
  );
}

function block(header: string, body: JsonValue): string[] {
  const inner = withoutTexts(body as JsonObject);
  // What are blocks of one resource is a text of another: a role's inline policies, and a permission set's.
  const blocks = Object.fromEntries(
    Object.entries(BLOCKS).filter(([name]) => typeof inner[name] !== "string"),
  );
  return hclBlock(header, inner, { blocks, bare: ["depends_on"] });
}

/** The same with texts of JSON as calls of `jsonencode`, and with labels of dynamic blocks where HCL has them. */
function withoutTexts(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, JsonValue][] => {
      if (name === "dynamic" && isJsonObject(value)) {
        return Object.entries(value).map(([label, inner]) => [`dynamic "${label}"`, inner]);
      }
      if (typeof value !== "string" || !value.startsWith('{"')) {
        return [[name, value]];
      }
      const lines = hclValue(JSON.parse(value) as JsonObject);
      return [[name, `\${jsonencode(${lines.join("\n")})}`]];
    }),
  );
}
