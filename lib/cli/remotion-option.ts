import type { Argv } from "yargs";

/** The option for the release of Remotion that a policy is for. */
export function withRemotionOption<T>(command: Argv<T>) {
  return command.option("remotion", {
    type: "string",
    describe: "Version of @remotion/lambda in use, such as 4.0.512; the newest known unless given",
  });
}
