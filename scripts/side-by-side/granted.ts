import type { ResourceChange } from "../../__tests__/support/workspace.js";

/** A statement of a policy, as far as it is read here. */
interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * What the policies among some resources say, one entry for each action on each resource or principal, sorted:
 * however it is divided into statements and policies, the same is granted where they are equal. Of conditions
 * only the keys: the published modules name the services of AWS in China beside the others.
 *
 * @param namePrefix taken off, as it tells the ways apart
 */
export function grantedBy(changes: readonly ResourceChange[], namePrefix: string): string[] {
  const granted = changes.flatMap(({ change }) => {
    const { policy, assume_role_policy: trust } = change.after ?? {};
    return [policy, trust].flatMap((document) =>
      typeof document === "string" ? statementsOf(document).flatMap(grantsOf) : [],
    );
  });
  return [...new Set(granted)].map((grant) => grant.replaceAll(namePrefix, "")).sort();
}

function statementsOf(document: string): readonly Statement[] {
  const { Statement: statements } = JSON.parse(document) as {
    readonly Statement: Statement | readonly Statement[];
  };
  return asList(statements);
}

function grantsOf({ Effect, Action, Resource, Principal, Condition }: Statement): string[] {
  const keys = Object.entries(Condition ?? {}).map(([operator, values]) => [
    operator,
    Object.keys(values),
  ]);
  const principals = Object.entries(Principal ?? {}).flatMap(([kind, names]) =>
    asList(names).map((name) => `${kind} ${name}`),
  );
  const whatOrWho = Resource === undefined ? principals : asList(Resource);
  return asList(Action).flatMap((action) =>
    whatOrWho.map((on) => JSON.stringify({ Effect, action, on, keys })),
  );
}

function asList<Value>(value: Value | readonly Value[]): readonly Value[] {
  return Array.isArray(value) ? value : [value as Value];
}
