/** One module in the address of a module within modules. */
export interface ModuleStep {
  /** Name of the call: `remotion` in `module.remotion[0]`. */
  readonly name: string;
  /** Key of the instance; undefined where the call makes one. */
  readonly key: string | undefined;
  /** Address of the module that calls it; "" for the root module. */
  readonly parent: string;
}

/** Modules within modules, beyond what anyone writes: the configuration is walked by recursion. */
const MAX_STEPS = 100;

/* Matches where the search stands, and in one way only. */
const STEP = /module\.([^.[\]"]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)/y;

/** The last step of a module's address; undefined for the root module. */
export function lastStep(address: string): ModuleStep | undefined {
  let step: ModuleStep | undefined;
  let steps = 0;
  for (let start = 0; start < address.length; start = STEP.lastIndex) {
    STEP.lastIndex = start;
    const [, name, key] = STEP.exec(address) ?? [];
    steps += 1;
    if (name === undefined || steps > MAX_STEPS) {
      return undefined;
    }
    step = { name, key: keyIn(key), parent: address.slice(0, Math.max(0, start - 1)) };
  }
  return step;
}

/** The key in `["key"]` or `[0]`, as text; undefined where there is none. */
export function keyIn(index: string | undefined): string | undefined {
  if (index === undefined) {
    return undefined;
  }
  try {
    return String(JSON.parse(index.slice(1, -1)));
  } catch {
    // Terraform escapes in a key what JSON does not, and such a key is looked up as it stands.
    return index.slice(1, -1);
  }
}

const KEYS = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g;

/** An address without the keys of instances: `module.remotion.aws_iam_user.user`. */
export function withoutKeys(address: string): string {
  return address.includes("[") ? address.replace(KEYS, "") : address;
}

/** The module of a managed resource, by its address without keys; "" for the root module. */
export function moduleOf(address: string): string {
  return address.split(".").slice(0, -2).join(".");
}
