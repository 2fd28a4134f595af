import { DEFAULT_NAMES } from "../remotion/default-names.js";
import type { Principal } from "../terraform/principal.js";
import { documentFacts } from "./document-facts.js";

/** The modules of this project, by the last part of their address. */
const MODULES: ReadonlySet<string> = new Set([
  "remotion-lambda",
  "remotion-user",
  "remotion-lambda-role",
  "remotion-executionrole-policy",
  "remotion-execution-role",
  "remotion-bucket-grants",
]);

/**
 * Why a principal is there for Remotion, so that what it lacks is a fault; undefined where nothing says so.
 * Who passes it to Lambda is asked elsewhere.
 */
export function meantBecause(principal: Principal): string | undefined {
  return byName(principal) ?? byModule(principal) ?? byResource(principal);
}

function byName({ name, policies }: Principal): string | undefined {
  if (isDefaultName(name)) {
    return `${name} is a name of Remotion's set-up`;
  }
  const policy = policies.find((one) => isDefaultName(one.name));
  return policy === undefined ? undefined : `it has ${policy.name}, a name of Remotion's set-up`;
}

/** A name of Remotion's set-up, perhaps with something before or after it behind a hyphen. */
const DEFAULT_NAME = new RegExp(`(?:^|-)(?:${Object.values(DEFAULT_NAMES).join("|")})(?:-|$)`);

export function isDefaultName(name: string): boolean {
  return DEFAULT_NAME.test(name);
}

/** Whether the role of functions has its default name, perhaps with something before or after it. */
export function hasNameOfFunctionsRole({ name }: Principal): boolean {
  return `-${name}-`.includes(`-${DEFAULT_NAMES.lambdaRole}-`);
}

/** The module of this project that a principal lies in. */
export function moduleOfOurs({
  moduleSources,
}: Pick<Principal, "moduleSources">): string | undefined {
  return moduleSources
    .map((source) =>
      source
        .replace(/\?.*$/, "")
        .split("/")
        .findLast((part) => MODULES.has(part)),
    )
    .findLast((module) => module !== undefined);
}

function byModule(principal: Principal): string | undefined {
  const module = moduleOfOurs(principal);
  return module === undefined ? undefined : `it lies in the module ${module}`;
}

function byResource({ policies }: Principal): string | undefined {
  for (const { name, document } of policies) {
    const { named } = documentFacts(document);
    if (named !== undefined) {
      return `${name} names ${named}`;
    }
  }
  return undefined;
}
