import type { RecordedCall, RecordedCalls } from "../../lib/deployer/recorded-calls.js";
import type { MadeCall } from "./record-calls.js";

/**
 * The calls as they are kept: each once a module, with the fewest inputs by which it is made.
 *
 * @param provider version of the AWS provider that made them
 */
export function recordedTable(made: readonly MadeCall[], provider: string): RecordedCalls {
  const modules = [...new Set(made.map(({ module }) => module))].sort();
  return {
    provider,
    modules: Object.fromEntries(
      modules.map((module) => [
        module,
        withImplied(callsOf(made.filter((call) => call.module === module))),
      ]),
    ),
  };
}

function callsOf(made: readonly MadeCall[]): readonly RecordedCall[] {
  const groups = new Map<string, MadeCall[]>();
  for (const call of made) {
    const { resource, action, policy = "" } = call;
    const key = [resource, action, policy].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return [...groups.values()].map((calls): RecordedCall => {
    const [{ action, resource, policy } = raise()] = calls;
    const planned = calls.filter(({ phase }) => phase === "plan");
    return {
      action,
      resource,
      ...(policy === undefined ? {} : { policy }),
      apply: fewestOf(calls),
      ...(planned.length === 0 ? {} : { plan: fewestOf(planned) }),
    };
  });
}

/** What is made with tags, or with a boundary, takes the permission to set them; later they may change, too. */
const TAGGED = /^iam:Create(User|Role|Policy|InstanceProfile)$/;
const LIMITED = /^iam:Create(User|Role)$/;

/**
 * The calls, and those that the recording has not: what AWS asks for although nobody calls it, and other tags and
 * boundaries of what only an option makes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
 */
function withImplied(calls: readonly RecordedCall[]): readonly RecordedCall[] {
  const implied = calls.flatMap(({ action, resource, apply }): RecordedCall[] => {
    if (action === "iam:AddRoleToInstanceProfile") {
      const role = resource.replace("instance-profile", "role");
      return [{ action: "iam:PassRole", resource: role, apply }];
    }
    const [, tagged] = TAGGED.exec(action) ?? [];
    const [, limited] = LIMITED.exec(action) ?? [];
    const also = (actions: readonly string[], input: string) =>
      actions.map((other) => ({
        action: `iam:${other}`,
        resource,
        apply: apply.map((set) => [...set, input]),
      }));
    return [
      ...(tagged === undefined ? [] : also([`Tag${tagged}`, `Untag${tagged}`], "tags")),
      ...(limited === undefined
        ? []
        : also(
            [`Put${limited}PermissionsBoundary`, `Delete${limited}PermissionsBoundary`],
            "permissions_boundary_arn",
          )),
    ];
  });
  const isSame = (one: RecordedCall) => (other: RecordedCall) =>
    one.action === other.action && one.resource === other.resource;
  return [
    ...calls.map((call) => {
      const same = implied.find(isSame(call));
      return same === undefined ? call : { ...call, apply: fewest([...call.apply, ...same.apply]) };
    }),
    ...implied.filter((call) => !calls.some(isSame(call))),
  ].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ resource, action, policy = "" }: RecordedCall): string {
  return [resource, action, policy].join(" ");
}

/** The sets of inputs by which calls were made, of which none holds another one. */
function fewestOf(calls: readonly MadeCall[]): readonly (readonly string[])[] {
  return fewest(calls.map(({ inputs }) => inputs));
}

function fewest(all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const sets = [...new Map(all.map((set) => [set.toSorted().join(), set])).values()];
  return sets.filter(
    (set) =>
      !sets.some(
        (other) => other.length < set.length && other.every((input) => set.includes(input)),
      ),
  );
}

function raise(): never {
  throw new Error("A group without a call.");
}
