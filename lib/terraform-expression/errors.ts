import { UnreadableFile } from "../json/unreadable-file.js";

/** How to get a file that can be read, for whoever has another. */
export const GIVE_A_PLAN =
  "Run `terraform plan -out=plan`, then `terraform show -json plan > plan.json`, and give plan.json.";

/** Objects and lists lie in one another without end. */
export function nestedTooDeep(limit: number): UnreadableFile {
  return new UnreadableFile(
    `The file nests objects, lists or expressions more than ${limit} deep, which nothing that Terraform writes does: check where it comes from. ${GIVE_A_PLAN}`,
  );
}

/** The expressions of a configuration multiply without end. */
export function tooMuchToWorkOut(steps: number): UnreadableFile {
  return new UnreadableFile(
    `The configuration's expressions take more than ${steps} steps to work out: let Terraform do it. ${GIVE_A_PLAN}`,
  );
}
