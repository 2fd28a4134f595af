import { keepsRule } from "../iam/value-rule.js";
import { REMOTION_RELEASE } from "./releases.js";

/** The release of Remotion that a `package.json` asks for. */
export interface RequestedRelease {
  /** The version, or the lowest one of a range. */
  readonly version: string;
  /** Whether no other version may be installed. */
  readonly exact: boolean;
}

/** The packages of one release have one version; the first that is there tells it. */
const PACKAGES = ["@remotion/lambda", "@remotion/lambda-client", "remotion"];

const SECTIONS = ["dependencies", "devDependencies"];

/** A version, or a range whose lowest version is written in it: `4.0.512`, `^4.0.512`, `>=4.0.512 <5`. */
const FLOOR = /^(?:npm:[^\s]{1,214}@)?(=|v|\^|~|>=)?\s?v?([\d.]{5,29})(\s.*)?$/s;

/**
 * The release of Remotion that a `package.json` asks for, exactly or as the lowest version of a range.
 *
 * @param text what is in the file
 * @returns undefined where it asks for none, or says it in another way: `latest`, `workspace:*`, `4.x`
 * @see https://docs.npmjs.com/cli/configuring-npm/package-json#dependencies
 */
export function releaseInPackageJson(text: string): RequestedRelease | undefined {
  const manifest = parse(text);
  for (const name of PACKAGES) {
    for (const section of SECTIONS) {
      const range = property(property(manifest, section), name);
      if (typeof range === "string") {
        return floorOf(range);
      }
    }
  }
  return undefined;
}

function floorOf(range: string): RequestedRelease | undefined {
  const [, operator = "", version = "", upperEnd] = FLOOR.exec(range.trim()) ?? [];
  const several = range.includes("||") || range.includes(" - ");
  if (several || !keepsRule(REMOTION_RELEASE, version)) {
    return undefined;
  }
  return { version, exact: ["", "=", "v"].includes(operator) && upperEnd === undefined };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** A property that an object has itself. */
function property(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return isObject ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}
