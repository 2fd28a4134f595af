import type { Scenario } from "../support/scenario.js";
import { BUCKET_SCENARIOS } from "./buckets.js";
import { COMMAND_SCENARIOS } from "./command-line.js";
import { FOLLOW_SCENARIOS } from "./following-renders.js";
import { FUNCTION_WORK_SCENARIOS } from "./function-at-work.js";
import { FUNCTION_SCENARIOS } from "./functions.js";
import { LOCAL_SCENARIOS } from "./local-functions.js";
import { PERMISSION_SCENARIOS } from "./permissions-check.js";
import { SITE_SCENARIOS } from "./sites.js";
import { START_SCENARIOS } from "./starting-renders.js";

/** Everything that is recorded. */
export const SCENARIOS: readonly Scenario[] = [
  ...FUNCTION_SCENARIOS,
  ...BUCKET_SCENARIOS,
  ...SITE_SCENARIOS,
  ...START_SCENARIOS,
  ...FOLLOW_SCENARIOS,
  ...PERMISSION_SCENARIOS,
  ...LOCAL_SCENARIOS,
  ...COMMAND_SCENARIOS,
  ...FUNCTION_WORK_SCENARIOS,
];
