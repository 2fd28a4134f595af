import type { InstanceKey, ModuleContract } from "./module-contract.js";

/** The address of a resource, or of one instance with the key that stands in the brackets. */
interface Address {
  readonly resource: string;
  readonly key: string | undefined;
}

/** Some instance under `for_each`: which keys there are is up to the caller. */
const ANY_KEY = '"*"';

/**
 * Whether a module moves a resource that it once had to one that it has now, through as many `moved`
 * blocks as it takes. Terraform goes between no `count` and `count` without one; a written move says
 * the same, and says it to the reader.
 */
export function isMoved(address: string, key: InstanceKey, current: ModuleContract): boolean {
  return oldInstances(address, key, current).some((start) => {
    const end = destination(start, current);
    return end !== start && current.resources[end.resource] === instanceKey(end);
  });
}

/** Addresses that the resource's instances may have had, as far as one can know. */
function oldInstances(resource: string, key: InstanceKey, { moved }: ModuleContract): Address[] {
  switch (key) {
    case "none":
      return [{ resource, key: undefined }];
    case "count":
      return [{ resource, key: "0" }];
    case "for_each": {
      const named = moved
        .map(({ from }) => parse(from))
        .filter((from) => from.resource === resource && instanceKey(from) === "for_each");
      return [{ resource, key: ANY_KEY }, ...named];
    }
  }
}

/** Where an address ends up. */
function destination(start: Address, { moved }: ModuleContract): Address {
  let at = start;
  for (const _step of moved) {
    const next = moved
      .map(({ from, to }) => ({ from: parse(from), to: parse(to) }))
      .find(
        ({ from }) =>
          from.resource === at.resource && (from.key === undefined || from.key === at.key),
      );
    if (next === undefined) {
      break;
    }
    // A move of a whole resource takes the instances along, each with its key.
    const key = next.from.key === undefined && next.to.key === undefined ? at.key : next.to.key;
    at = { resource: next.to.resource, key };
  }
  return at;
}

function parse(address: string): Address {
  const [, resource = "", key] = /^([^[]*)(?:\[(.*)\])?$/.exec(address) ?? [];
  return { resource, key };
}

function instanceKey({ key }: Address): InstanceKey {
  if (key === undefined) {
    return "none";
  }
  return /^\d+$/.test(key) ? "count" : "for_each";
}
