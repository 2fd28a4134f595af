import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { RemotionLambdaModule } from "../../../stacks/modules/remotion-lambda.js";
import { synthesizeDeployable } from "../support/deployable-stack.js";
import { temporaryFolder } from "../support/folder.js";

describe("the deployable stack", () => {
  const { terraform: module } = new RemotionLambdaModule().toDocument();

  it("holds what the module remotion-lambda holds, at the same addresses", () => {
    const stack = synthesizeDeployable("none");

    expect(stack["locals"]).toEqual(module["locals"]);
    expect(stack["resource"]).toMatchObject(module["resource"] as JsonObject);
    expect(addresses(stack)).toEqual(addresses(module));
  });

  it("takes the module's inputs, and the provider's region", () => {
    const { region, ...inputs } = synthesizeDeployable("none")["variable"] as JsonObject;

    expect(inputs).toEqual(module["variable"]);
    expect(region).toMatchObject({ type: "string", default: null });
    expect(region).not.toHaveProperty("nullable");
  });

  it("gives back the module's outputs, secrets as secrets", () => {
    const outputs = Object.entries(synthesizeDeployable("none")["output"] as JsonObject);
    const sensitive = outputs.filter(([, output]) => Object(output).sensitive === true);

    expect(outputs.map(([name]) => name)).toEqual(
      Object.keys(module["output"] as JsonObject).sort(),
    );
    expect(sensitive.map(([name]) => name)).toEqual([
      "encrypted_secret_access_key",
      "encrypted_secret_access_keys",
      "secret_access_key",
      "secret_access_keys",
    ]);
  });

  it("has an empty text where the module has null: cdktf deploy takes no null", () => {
    const outputs = synthesizeDeployable("none")["output"] as JsonObject;
    const { user_name, lambda_role_name, secret_access_keys } = outputs;

    expect(user_name).toMatchObject({
      value: '${try(coalesce(one(aws_iam_user.user[*].name)), "")}',
    });
    expect(lambda_role_name).toMatchObject({ value: "${aws_iam_role.lambda_role.name}" });
    expect(secret_access_keys).toMatchObject({
      value:
        '${{ for name, key in aws_iam_access_key.user_named : name => try(coalesce(key.secret), "") }}',
    });
  });

  it("configures the AWS provider, and requires it by a floor", () => {
    const { provider, terraform } = synthesizeDeployable("none");

    expect(provider).toEqual({ aws: [{ region: "${var.region}" }] });
    expect(terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.0" } },
    });
  });

  it.each(["local", "none"])("is the same in every folder, with the backend %s", (backend) => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const text = (folder: string) => JSON.stringify(synthesizeDeployable(backend, folder));

    expect(text(second)).toBe(text(first));
    expect(text(first)).not.toContain(first);
  });
});

function addresses({ resource }: JsonObject): string[] {
  const all = Object.entries(resource as Record<string, JsonObject>).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => `${type}.${name}`),
  );
  return all.sort();
}
