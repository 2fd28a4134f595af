import type { Random } from "../../differential/support/random.js";
import { type FinalBucket, type Finals, GOOD_TEXTS, type TextSort } from "./random-props.js";

/*
 * Inputs of the published modules, most of them good, and what each of a module's policies may be for. Nothing of
 * lib is in here.
 */

const GOOD = {
  ...GOOD_TEXTS,
  region: [...GOOD_TEXTS.region, "sa-east-1"],
} as const satisfies Readonly<Record<TextSort, readonly string[]>>;

const WILD = [
  "*",
  "?",
  "a*",
  "*/",
  "/*",
  "${aws:username}",
  " ",
  "a b*/",
  "x/../*",
  "arn:aws:s3:::*",
];

/** How many instances have a value that would widen what it stands in. */
const WIDE_SHARE = 0.15;

type Arguments = Readonly<Record<string, unknown>>;

/** What a policy of an instance may be for. */
interface Purpose {
  /** As the judge calls it. */
  readonly kind: "user" | "role" | "policy" | "grants" | "caller";
  readonly finals: Finals;
}

/** An instance of a module. */
export interface DrawnInstance {
  readonly module: string;
  readonly inputs: Arguments;
  /** By the beginning of the name of the resource that a policy is an argument of. */
  readonly purposes: Readonly<Record<string, Purpose>>;
  /** What the names of all that it makes begin with. */
  readonly prefix: string;
  /** All of what it was given, each of which must be narrow. */
  readonly finals: Finals;
}

/** Collects what is drawn, and makes one text of some wide. */
class Drawing {
  readonly inputs: Record<string, unknown> = {};
  readonly texts: Record<string, Finals["texts"][string]> = {};
  readonly lists: Record<string, Finals["lists"][string]> = {};
  buckets: readonly FinalBucket[] = [];
  readonly #random: Random;
  /** How many texts are drawn until one is wide. */
  #untilWide: number;

  constructor(random: Random) {
    this.#random = random;
    this.#untilWide = random.chance(WIDE_SHARE) ? random.below(6) : Number.POSITIVE_INFINITY;
  }

  text(input: string, prop: string, sort: TextSort, share = 0.4): string | undefined {
    if (!this.#random.chance(share)) {
      return undefined;
    }
    const value = this.#one(sort);
    this.inputs[input] = value;
    this.texts[prop] = { sort, value };
    return value;
  }

  list(input: string, prop: string, sort: TextSort, share = 0.3): readonly string[] {
    if (!this.#random.chance(share)) {
      return [];
    }
    const some = this.#random.some(GOOD[sort], 1 + this.#random.below(2));
    const value = some.map((good) => this.#one(sort, good));
    this.inputs[input] = value;
    this.lists[prop] = { sort, value };
    return value;
  }

  outputBuckets(accesses: readonly string[], share = 0.5): void {
    if (!this.#random.chance(share)) {
      return;
    }
    this.buckets = Array.from({ length: 1 + this.#random.below(3) }, () => {
      const access = this.#random.pick(accesses);
      const writes = access === "write" || access === "put";
      return {
        name: this.#one("bucket"),
        prefix: this.#one("prefix"),
        access,
        acl: writes && this.#random.chance(0.3),
        key: this.#random.chance(0.3) ? this.#one("key") : undefined,
      };
    });
    this.inputs["output_buckets"] = this.buckets.map(({ key, ...bucket }) => ({
      ...bucket,
      ...(key === undefined ? {} : { kms_key_arn: key }),
    }));
  }

  get finals(): Finals {
    return { texts: this.texts, lists: this.lists, buckets: this.buckets };
  }

  #one(sort: TextSort, good: string = this.#random.pick(GOOD[sort])): string {
    const isWide = this.#untilWide-- === 0;
    return isWide ? `${good}${this.#random.pick(WILD)}` : good;
  }
}

const ACCESSES = ["write", "put", "read", "delete"] as const;
const READING = ["read", "delete"] as const;

/** Draws an instance of a module: one of three is of the one that holds all. */
export function drawInstance(random: Random): DrawnInstance {
  const draw = random.pick([allInOne, user, role, policy, grants, caller, allInOne, user, role]);
  return draw(random, new Drawing(random));
}

/** A profile of callers: what renders deploys no layers. */
function callerProfile(random: Random, { lists }: Drawing): string {
  return random.pick(
    lists["customLayerArns"] === undefined ? ["full", "render", "deploy"] : ["full", "deploy"],
  );
}

function narrowing(drawing: Drawing): void {
  drawing.list("regions", "regions", "region");
  drawing.text("account_id", "accountId", "account", 0.3);
  drawing.list("bucket_names", "bucketNames", "bucket");
  drawing.list("function_names", "functionNames", "function");
}

function instance(
  module: string,
  drawing: Drawing,
  kind: Purpose["kind"],
  more: Arguments = {},
): DrawnInstance {
  const { inputs, finals } = drawing;
  return {
    module,
    inputs: { ...inputs, ...more },
    purposes: { this: { kind, finals } },
    prefix: "",
    finals,
  };
}

function user(random: Random, drawing: Drawing): DrawnInstance {
  drawing.text("name", "name", "name");
  drawing.text("policy_name", "policyName", "name");
  drawing.text("path", "path", "path");
  drawing.text("lambda_role_name", "lambdaRoleName", "name");
  drawing.text("lambda_role_path", "lambdaRolePath", "path");
  drawing.text("permissions_boundary_arn", "permissionsBoundaryArn", "boundary", 0.2);
  drawing.list("custom_layer_arns", "customLayerArns", "layer");
  narrowing(drawing);
  drawing.outputBuckets(READING, 0.3);
  const profile = callerProfile(random, drawing);
  return instance("remotion-user", drawing, "user", { profile, policy_type: "managed" });
}

function role(random: Random, drawing: Drawing): DrawnInstance {
  drawing.text("name", "name", "name");
  drawing.text("path", "path", "path");
  drawing.text("policy_name", "policyName", "name");
  narrowing(drawing);
  drawing.outputBuckets(ACCESSES);
  return instance("remotion-lambda-role", drawing, "role", {
    profile: random.pick(["full", "minimal"]),
    policy_type: random.pick(["inline", "managed"]),
  });
}

function policy(random: Random, drawing: Drawing): DrawnInstance {
  drawing.text("name", "name", "name");
  drawing.text("path", "path", "path");
  drawing.text("lambda_role_name", "lambdaRoleName", "name");
  drawing.text("lambda_role_path", "lambdaRolePath", "path");
  drawing.list("custom_layer_arns", "customLayerArns", "layer");
  narrowing(drawing);
  drawing.outputBuckets(READING, 0.3);
  return instance("remotion-executionrole-policy", drawing, "policy", {
    profile: callerProfile(random, drawing),
  });
}

function grants(random: Random, drawing: Drawing): DrawnInstance {
  drawing.text("policy_name", "policyName", "name");
  drawing.text("path", "path", "path");
  drawing.outputBuckets(ACCESSES, 1);
  const roles = { api: random.pick(["api", "arn:aws:iam::123456789012:role/video/api"]) };
  return instance("remotion-bucket-grants", drawing, "grants", { role_names: roles });
}

function trust(drawing: Drawing): void {
  const services = drawing.list("trusted_services", "trustedServices", "service", 0.5);
  const share = services.length === 0 ? 1 : 0.5;
  if (
    drawing.list("trusted_principal_arns", "trustedPrincipalArns", "principal", share).length > 0
  ) {
    drawing.text("external_id", "externalId", "externalId", 0.5);
  }
}

function caller(_random: Random, drawing: Drawing): DrawnInstance {
  drawing.text("name", "name", "name");
  drawing.text("path", "path", "path");
  trust(drawing);
  return instance("remotion-execution-role", drawing, "caller");
}

function allInOne(random: Random, drawing: Drawing): DrawnInstance {
  const prefix = drawing.text("name_prefix", "prefix", "name", 0.8) ?? "";
  const lambdaRole =
    drawing.text("lambda_role_name", "lambdaRole", "name") ?? "remotion-lambda-role";
  const path = drawing.text("path", "path", "path");
  drawing.text("user_name", "userName", "name");
  drawing.text("user_policy_name", "userPolicyName", "name");
  drawing.text("permissions_boundary_arn", "permissionsBoundaryArn", "boundary", 0.2);
  drawing.list("custom_layer_arns", "customLayerArns", "layer");
  narrowing(drawing);
  drawing.outputBuckets(ACCESSES, 0.4);
  const createsCaller = random.chance(0.5);
  if (createsCaller) {
    trust(drawing);
  }
  const { finals } = drawing;
  const texts: Record<string, Finals["texts"][string]> = {
    ...finals.texts,
    lambdaRoleName: { sort: "name", value: `${prefix}${lambdaRole}` },
    lambdaRolePath: { sort: "path", value: path ?? "/" },
  };
  const whole = { ...finals, texts };
  const reading = finals.buckets.filter(({ access }) => access === "read" || access === "delete");
  const writing = finals.buckets.filter((bucket) => !reading.includes(bucket));
  return {
    module: "remotion-lambda",
    inputs: {
      ...drawing.inputs,
      user_policy_type: "managed",
      user_profile: callerProfile(random, drawing),
      lambda_role_policy_type: random.pick(["inline", "managed"]),
      lambda_role_profile: random.pick(["full", "minimal"]),
      executionrole_policy_profile: callerProfile(random, drawing),
      ...(createsCaller ? { create_execution_role: true } : {}),
    },
    purposes: {
      user: { kind: "user", finals: { ...whole, buckets: reading } },
      lambda_role: { kind: "role", finals: { ...whole, buckets: writing } },
      executionrole_policy: { kind: "policy", finals: { ...whole, buckets: reading } },
      execution_role: { kind: "caller", finals: whole },
    },
    prefix,
    finals,
  };
}
