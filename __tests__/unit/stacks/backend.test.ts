import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { synthesizeDeployable } from "../support/deployable-stack.js";

describe("context.backend", () => {
  const s3 = { type: "s3", bucket: "states", key: "remotion.tfstate", region: "eu-central-1" };
  const cloud = { type: "cloud", organization: "acme", workspace: "remotion" };

  const cases: Record<string, { backend: JsonValue | undefined; terraform: JsonObject }> = {
    "left out is a local state beside cdktf.json": {
      backend: undefined,
      terraform: { backend: { local: { path: "../../../terraform.remotion-lambda.tfstate" } } },
    },
    "local is a local state beside cdktf.json": {
      backend: "local",
      terraform: { backend: { local: { path: "../../../terraform.remotion-lambda.tfstate" } } },
    },
    "none is no backend": { backend: "none", terraform: {} },
    "s3 locks natively, which needs Terraform 1.10": {
      backend: s3,
      terraform: {
        required_version: ">= 1.10.0",
        backend: {
          s3: {
            bucket: "states",
            key: "remotion.tfstate",
            region: "eu-central-1",
            use_lockfile: true,
          },
        },
      },
    },
    "s3 takes further arguments of the backend": {
      backend: { ...s3, use_lockfile: false, kms_key_id: "alias/states" },
      terraform: {
        required_version: ">= 1.10.0",
        backend: {
          s3: expect.objectContaining({ use_lockfile: false, kms_key_id: "alias/states" }),
        },
      },
    },
    "cloud is HCP Terraform": {
      backend: cloud,
      terraform: { cloud: { organization: "acme", workspaces: { name: "remotion" } } },
    },
    "cloud with a hostname is Terraform Enterprise": {
      backend: { ...cloud, hostname: "tfe.acme.com" },
      terraform: { cloud: expect.objectContaining({ hostname: "tfe.acme.com" }) },
    },
  };

  it.each(Object.entries(cases))("%s", (_case, { backend, terraform }) => {
    const synthesized = synthesizeDeployable(backend)["terraform"] as JsonObject;
    const { required_providers: _providers, required_version, ...rest } = synthesized;

    expect({ required_version, ...rest }).toEqual({ required_version: ">= 1.5.0", ...terraform });
  });

  it.each<{ what: string; backend: JsonValue; says: string }>([
    { what: "an unknown type", backend: "gcs", says: '"gcs"' },
    { what: "an object without a type", backend: {}, says: "{}" },
    { what: "a list", backend: ["s3"], says: '["s3"]' },
    { what: "a number", backend: 1, says: "is 1" },
    { what: "s3 without its arguments", backend: "s3", says: 'type "s3" and has no "bucket"' },
    { what: "s3 with an empty key", backend: { ...s3, key: "" }, says: 'has no "key"' },
    {
      what: "cloud without a workspace",
      backend: { type: "cloud", organization: "acme" },
      says: 'type "cloud" and has no "workspace"',
    },
  ])("is refused: $what", ({ backend, says }) => {
    expect(() => synthesizeDeployable(backend)).toThrow("context.backend in cdktf.json");
    expect(() => synthesizeDeployable(backend)).toThrow(says);
  });
});
