import { TerraformLocal, TerraformResource, TerraformVariable } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { USER_NAME } from "../../../lib/iam/rules.js";
import * as library from "../../../lib/index.js";
import { ModuleVariable } from "../../../lib/module/module-variable.js";
import { relyOnValidations } from "../../../stacks/checked-inputs.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";
import { stringRule } from "../../../stacks/validations.js";
import { type Synthesized, synthesize } from "../support/synthesize.js";

/** What is said of the name of a user, by any precondition. */
function saidOfName(synthesized: Synthesized): unknown[] {
  const { lifecycle } = synthesized.resource("aws_iam_user") as {
    lifecycle?: { precondition: { error_message: string }[] };
  };
  return (lifecycle?.precondition ?? []).filter(({ error_message }) =>
    error_message.startsWith("stack/user: name "),
  );
}

describe("a stack that relies on the validations of its inputs", () => {
  const withName = (name: (stack: ModuleVariable, bare: ModuleVariable) => string, relies = true) =>
    saidOfName(
      synthesize((stack) => {
        if (relies) {
          relyOnValidations(stack);
        }
        const base = { type: "string", description: "A name." };
        const validations = [stringRule("checked", USER_NAME)];
        const checked = new ModuleVariable(stack, "checked", { ...base, validations });
        const bare = new ModuleVariable(stack, "bare", base);
        new TerraformLocal(stack, "local", "a");
        new RemotionUser(stack, "user", { name: name(checked, bare) });
      }),
    );

  it("has no precondition on what is such an input, or several", () => {
    expect(withName((checked) => checked.stringValue)).toEqual([]);
    expect(withName((checked) => `${checked.stringValue}${checked.stringValue}`)).toEqual([]);
  });

  it("has one on an input without validations, and on what is made of any", () => {
    expect(withName((_checked, bare) => bare.stringValue)).toHaveLength(1);
    expect(withName((checked, bare) => `${checked.stringValue}${bare.stringValue}`)).toHaveLength(
      1,
    );
  });

  it("refuses at once what is wrong beside such an input", () => {
    expect(() => withName((checked) => `${checked.stringValue}*`)).toThrow(
      'stack/user: name is "${var.checked}*", which is not a user\'s name whatever Terraform puts in',
    );
  });

  it("is no other stack: there the same input has one", () => {
    expect(withName((checked) => checked.stringValue, false)).toHaveLength(1);
  });

  it("takes no variable of another kind, whatever it is called", () => {
    const said = saidOfName(
      synthesize((stack) => {
        relyOnValidations(stack);
        const name = new TerraformVariable(stack, "checked", { type: "string" });
        new RemotionUser(stack, "user", { name: name.stringValue });
      }),
    );

    expect(said).toHaveLength(1);
  });

  it("can be made by nobody who imports the package", () => {
    expect(Object.keys(library).sort()).toEqual([
      "RemotionBucketGrants",
      "RemotionExecutionRole",
      "RemotionExecutionRolePolicy",
      "RemotionLambdaRole",
      "RemotionNarrowing",
      "RemotionUser",
    ]);
  });
});

describe.each([...PUBLISHED_MODULES])("the module %s", (_name, makeModule) => {
  it("says nothing twice: what its inputs validate is no precondition", () => {
    const module = makeModule();
    const messages = module.node
      .findAll()
      .filter(TerraformResource.isTerraformResource)
      .flatMap(({ lifecycle }) => lifecycle?.precondition ?? [])
      .map(({ errorMessage }) => errorMessage);

    expect(messages.filter((message) => message.includes(", which is not"))).toEqual([]);
    expect(JSON.stringify(module.toTerraform()["resource"])).not.toContain("which is not");
  });
});
