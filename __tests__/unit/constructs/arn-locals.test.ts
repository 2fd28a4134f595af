import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionNarrowing } from "../../../lib/constructs/remotion-narrowing.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { synthesize } from "../support/synthesize.js";

/** The locals of a stack whose ids begin so, by their value. */
function localsOf(build: (scope: TerraformStack) => void): string[] {
  return Object.entries(synthesize(build).json["locals"] ?? {})
    .filter(([name]) => /_arns?(_|$)/.test(name))
    .map(([, value]) => String(value));
}

function narrowed(scope: TerraformStack): RemotionNarrowing {
  const regions = Token.asAny(new TerraformVariable(scope, "r", { type: "list(string)" }).value);
  const functionNames = ["remotion-render-a"];
  return new RemotionNarrowing(scope, "narrowing", { regions, functionNames });
}

describe("ARNs that Terraform puts together", () => {
  it("stand once for all users, roles and statements with the same narrowing", () => {
    const locals = localsOf((scope) => {
      const narrowing = narrowed(scope);
      new RemotionUser(scope, "user", { narrowing, profile: "deploy" });
      new RemotionUser(scope, "other", { narrowing, profile: "render" });
      new RemotionLambdaRole(scope, "role", { narrowing, profile: "minimal" });
    });

    expect(locals.filter((text) => text.includes(":lambda:"))).toEqual([
      expect.stringMatching(
        /^\$\{\[for region in local\.[\w-]+ : "arn:aws:lambda:\$\{region\}:\*:function:remotion-render-a"\]\}$/,
      ),
    ]);
    expect(locals.filter((text) => text.includes(":s3:::"))).toHaveLength(1);
  });

  it("stand apart for each partition", () => {
    const locals = localsOf((scope) => {
      const narrowing = narrowed(scope);
      for (const partition of ["aws", "aws-cn"]) {
        new RemotionUser(scope, `user-${partition}`, { narrowing, profile: "render", partition });
      }
    });
    const functions = locals.filter((text) => text.includes(":function:"));

    expect(functions.map((text) => /arn:[\w-]+/.exec(text)?.[0]).sort()).toEqual([
      "arn:aws",
      "arn:aws-cn",
    ]);
  });

  it("have no local where nobody refers to it, and none where they are known", () => {
    const locals = localsOf((scope) => {
      const narrowing = narrowed(scope);
      new RemotionLambdaRole(scope, "role", { narrowing });
    });
    const known = localsOf((scope) => {
      const narrowing = new RemotionNarrowing(scope, "narrowing", { regions: ["us-east-1"] });
      new RemotionLambdaRole(scope, "role", { narrowing });
    });

    expect(locals.filter((text) => text.includes("iam"))).toEqual([]);
    expect(known).toEqual([]);
  });
});
