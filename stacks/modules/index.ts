import type { PublishedModule } from "../published-module.js";
import { RemotionBucketGrantsModule } from "./remotion-bucket-grants.js";
import { RemotionExecutionRoleModule } from "./remotion-execution-role.js";
import { RemotionExecutionRolePolicyModule } from "./remotion-executionrole-policy.js";
import { RemotionLambdaModule } from "./remotion-lambda.js";
import { RemotionLambdaRoleModule } from "./remotion-lambda-role.js";
import { RemotionUserModule } from "./remotion-user.js";

/** Every published module by its name, which is also its folder's. */
export const PUBLISHED_MODULES: ReadonlyMap<string, () => PublishedModule> = new Map([
  ["remotion-lambda", () => new RemotionLambdaModule()],
  ["remotion-user", () => new RemotionUserModule()],
  ["remotion-lambda-role", () => new RemotionLambdaRoleModule()],
  ["remotion-executionrole-policy", () => new RemotionExecutionRolePolicyModule()],
  ["remotion-execution-role", () => new RemotionExecutionRoleModule()],
  ["remotion-bucket-grants", () => new RemotionBucketGrantsModule()],
]);
