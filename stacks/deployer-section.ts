import { MODULE_INPUTS, type ModuleName } from "../lib/deployer/module-inputs.js";
import { RECORDED_CALLS, type RecordedCall } from "../lib/deployer/recorded-calls.js";
import type { ReadmeSection } from "../lib/module/readme-edition.js";

/** What a module's README says of who applies it: the permissions that this takes. */
export function deployerSection(module: ModuleName): ReadmeSection {
  const groups = new Map<string, RecordedCall[]>();
  for (const call of RECORDED_CALLS.modules[module] ?? []) {
    const key = JSON.stringify([
      call.resource,
      call.policy,
      withText(call, module),
      isPlanned(call),
    ]);
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  const rows = [...groups.values()].flatMap((calls): string[] => {
    const [first] = calls;
    if (first === undefined) {
      return [];
    }
    const cells = [
      calls.map(({ action }) => `\`${action}\``).join("<br>"),
      `\`${first.resource}\`${first.policy === undefined ? "" : ` and, attached to it, \`${first.policy}\``}`,
      isPlanned(first) ? "yes" : "no",
      withText(first, module),
    ];
    return [`| ${cells.join(" | ")} |`];
  });
  const ofRoles =
    "role_names" in MODULE_INPUTS[module]
      ? ", also those of `role_names`, which must have it already"
      : "";
  return {
    title: "Who applies it",
    body: [
      `To make, change and destroy what this module makes takes these permissions of IAM, recorded from the AWS provider ${RECORDED_CALLS.provider}; a plan takes those that say so. Names of inputs stand for their values.`,
      [
        "```sh",
        `npx remotion-lambda-terraform policy deployer --module ${module}${module === "remotion-bucket-grants" ? " --input role_names=remotion-lambda-role" : ""}`,
        "```",
      ].join("\n"),
      ["| Permission | On | To plan | With |", "| --- | --- | --- | --- |", ...rows].join("\n"),
      ...("permissions_boundary_arn" in MODULE_INPUTS[module]
        ? [
            `With \`--input permissions_boundary_arn=ARN\` users and roles can be made and changed with that boundary only${ofRoles}. Without a boundary, whoever may write these policies could write wider ones.`,
          ]
        : []),
    ].join("\n\n"),
  };
}

function isPlanned({ plan = [] }: RecordedCall): boolean {
  return plan.length > 0;
}

/** The inputs by which a call is made; those that are so by default are not named. */
function withText({ apply }: RecordedCall, module: ModuleName): string {
  const inputs: Readonly<Record<string, { readonly default?: string }>> = MODULE_INPUTS[module];
  const sets = apply.map((set) =>
    set.filter((input) => {
      const [name = "", value] = input.split("=");
      return value === undefined || inputs[name]?.default !== value;
    }),
  );
  return sets.some((set) => set.length === 0)
    ? ""
    : sets
        .map((set) => set.map((input) => `\`${input.replace("=", " = ")}\``).join(" and "))
        .join(", or ");
}
