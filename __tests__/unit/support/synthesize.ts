import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { App, TerraformStack, Testing } from "cdktf";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";

/** The resources of one type in a synthesized stack, in the order in which they were declared. */
type Resources = readonly JsonObject[];

/** A synthesized stack, as a test looks into it. */
export interface Synthesized {
  readonly json: JsonObject;
  /** All resources of a type. */
  readonly resources: (type: string) => Resources;
  /** The only resource of a type. @throws when there is none, or more */
  readonly resource: (type: string) => JsonObject;
  /** A local by its address, as in `${local.x}`. @throws when there is none */
  readonly local: (reference: JsonValue | undefined) => JsonValue;
}

/** An ordinary CDKTF app with one stack and the AWS provider, validated and synthesized. */
export function synthesize(build: (stack: TerraformStack) => void): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "cdktf-app-"));
  try {
    const stack = new TerraformStack(new App({ outdir }), "stack");
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    build(stack);
    return lookInto(JSON.parse(Testing.synth(stack, true)) as JsonObject);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function lookInto(json: JsonObject): Synthesized {
  const resources = (type: string) => {
    const all = (json["resource"] ?? {}) as Record<string, Record<string, JsonObject>>;
    return Object.values(all[type] ?? {}).map(({ "//": _metadata, ...body }) => body);
  };
  return {
    json,
    resources,
    resource: (type) => {
      const [only, ...others] = resources(type);
      if (only === undefined || others.length > 0) {
        throw new Error(`There are ${resources(type).length} resources ${type}, not one.`);
      }
      return only;
    },
    local: (reference) => {
      const name = /^\$\{local\.([\w-]+)\}$/.exec(String(reference))?.[1] ?? "";
      const value = (json["locals"] as JsonObject)[name];
      if (value === undefined) {
        throw new Error(`${String(reference)} is not a local.`);
      }
      return value;
    },
  };
}
