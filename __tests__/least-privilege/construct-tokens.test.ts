import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as library from "../../lib/index.js";
import { Random } from "../differential/support/random.js";
import { partOf } from "../support/part.js";
import { recordPlayed } from "../support/played.js";
import { describeTerraform } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { excessOf, strangersIn, wideValues } from "./support/grant-judge.js";
import { type DrawnProps, drawProps, type Finals, type PropSorts } from "./support/random-props.js";

/*
 * Constructs of random props: tokens, texts with tokens in them, other types. Terraform works out what
 * each would grant and whether its preconditions hold; the judge, who knows nothing of lib, says what it
 * may grant.
 */

const WHAT = "constructs of random props";

const COUNT = 5000;

/** Runs that share them. */
const PARTS = 20;

/** Decides, with its number, what each is. */
const SEED = 13;

/** Instances whose expressions Terraform works out in one go. */
const BATCH = 200;

const NARROWING: PropSorts = {
  texts: { accountId: "account" },
  lists: { regions: "region", bucketNames: "bucket", functionNames: "function" },
  buckets: false,
};

type Make = new (scope: Construct, id: string, props: never) => Construct;

interface Kind {
  readonly make: Make;
  readonly sorts: PropSorts;
  readonly always?: readonly string[];
  readonly isNarrowed?: true;
}

const COMMON = { name: "name", path: "path" } as const;

const KINDS: Readonly<Record<string, Kind>> = {
  user: {
    make: library.RemotionUser,
    sorts: {
      texts: {
        ...COMMON,
        policyName: "name",
        lambdaRoleName: "name",
        lambdaRolePath: "path",
        permissionsBoundaryArn: "boundary",
      },
      lists: { customLayerArns: "layer" },
      buckets: true,
    },
    isNarrowed: true,
  },
  role: {
    make: library.RemotionLambdaRole,
    sorts: { texts: COMMON, lists: {}, buckets: true },
    isNarrowed: true,
  },
  policy: {
    make: library.RemotionExecutionRolePolicy,
    sorts: {
      texts: { ...COMMON, lambdaRoleName: "name", lambdaRolePath: "path" },
      lists: { customLayerArns: "layer" },
      buckets: true,
    },
    isNarrowed: true,
  },
  grants: {
    make: library.RemotionBucketGrants,
    sorts: { texts: { policyName: "name", path: "path" }, lists: {}, buckets: true },
    always: ["outputBuckets"],
  },
  caller: {
    make: library.RemotionExecutionRole,
    sorts: {
      texts: { ...COMMON, externalId: "externalId" },
      lists: { trustedServices: "service", trustedPrincipalArns: "principal" },
      buckets: false,
    },
    always: ["trustedPrincipalArns"],
  },
};

/** A construct that was not refused at once, as Terraform gets it. */
interface Instance {
  readonly kind: string;
  readonly id: string;
  /** Undefined where a value is of a type that there is not. */
  readonly finals: Finals | undefined;
  readonly locals: Readonly<Record<string, unknown>>;
  /** Conditions that Terraform checks, and policies, as expressions. */
  readonly holds: readonly string[];
  readonly policies: readonly string[];
  readonly trust: readonly string[];
}

/** What Terraform makes of an instance. */
interface WorkedOut {
  readonly holds: boolean;
  readonly policies: readonly string[];
  readonly trust: readonly string[];
}

function draw(random: Random, id: string): Instance | Error {
  const name = random.pick(Object.keys(KINDS));
  const { make, sorts, always = [], isNarrowed } = new Map(Object.entries(KINDS)).get(name) as Kind;
  const own = drawProps(random, sorts, always);
  const narrowed: DrawnProps | undefined =
    isNarrowed && random.chance(0.4) ? drawProps(random, NARROWING) : undefined;
  const outdir = mkdtempSync(join(tmpdir(), "construct-"));
  try {
    const stack = new TerraformStack(new App({ outdir }), "stack");
    const tokens = new Construct(stack, `${id}-tokens`);
    const narrowing =
      narrowed && new library.RemotionNarrowing(stack, `${id}-narrowing`, narrowed.given(tokens));
    new make(stack, id, {
      ...own.given(tokens),
      ...(narrowing === undefined ? {} : { narrowing }),
    } as never);
    return { kind: name, id, finals: joined(own, narrowed), ...synthesized(stack) };
  } catch (error) {
    return error as Error;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function joined(own: DrawnProps, narrowed: DrawnProps | undefined): Finals | undefined {
  if (narrowed === undefined || own.finals === undefined || narrowed.finals === undefined) {
    return narrowed === undefined ? own.finals : undefined;
  }
  return {
    texts: { ...own.finals.texts, ...narrowed.finals.texts },
    lists: { ...own.finals.lists, ...narrowed.finals.lists },
    buckets: own.finals.buckets,
  };
}

interface SynthesizedResource {
  readonly for_each?: string;
  readonly policy?: string;
  readonly assume_role_policy?: string;
  readonly lifecycle?: { readonly precondition?: readonly { readonly condition: string }[] };
}

function synthesized(stack: TerraformStack): Omit<Instance, "kind" | "id" | "finals"> {
  const { locals = {}, resource = {} } = stack.toTerraform() as {
    locals?: Record<string, unknown>;
    resource?: Record<string, Record<string, SynthesizedResource>>;
  };
  const resources = Object.values(resource).flatMap((byName) => Object.values(byName));
  const inner = (text: string) => text.replace(/^\$\{([\s\S]*)\}$/, "$1");
  const eachOf = (each: SynthesizedResource, text: string) =>
    typeof each.for_each === "string"
      ? `[for key, value in ${inner(each.for_each)} : ${text.replaceAll("each.", "")}]`
      : `[${text}]`;
  return {
    locals,
    holds: resources.flatMap((each) =>
      (each.lifecycle?.precondition ?? []).map(({ condition }) => eachOf(each, inner(condition))),
    ),
    policies: resources.flatMap((each) =>
      each.policy === undefined ? [] : [eachOf(each, inner(each.policy))],
    ),
    trust: resources.flatMap((each) =>
      each.assume_role_policy === undefined ? [] : [`[${inner(each.assume_role_policy)}]`],
    ),
  };
}

describeTerraform("Constructs of random props", () => {
  const workspace = new Workspace();
  const numbers = partOf(
    WHAT,
    Array.from({ length: COUNT }, (_, index) => index),
    PARTS,
  );
  const refusals: Error[] = [];
  const instances: Instance[] = [];
  /** By id; none where Terraform could not work it out, and so would plan nothing. */
  const workedOut = new Map<string, WorkedOut>();

  beforeAll(async () => {
    for (const index of numbers) {
      const drawn = draw(new Random(SEED * COUNT + index), `i${index}i`);
      if (drawn instanceof Error) {
        refusals.push(drawn);
      } else {
        instances.push(drawn);
      }
    }
    for (let from = 0; from < instances.length; from += BATCH) {
      await workOut(instances.slice(from, from + BATCH));
    }
  });
  afterAll(() => workspace.remove());

  async function workOut(batch: readonly Instance[]): Promise<void> {
    const listed = (expressions: readonly string[]) => `flatten([${expressions.join(", ")}])`;
    workspace.write(
      "main.tf.json",
      JSON.stringify(
        {
          locals: Object.assign({}, ...batch.map(({ locals }) => locals)),
          output: Object.fromEntries(
            batch.map(({ id, holds, policies, trust }) => [
              id,
              {
                value: {
                  holds: `\${alltrue(${listed(holds)})}`,
                  policies: `\${${listed(policies)}}`,
                  trust: `\${${listed(trust)}}`,
                },
              },
            ]),
          ),
        },
        null,
        1,
      ),
    );
    const { status, output } = await workspace.attempt("terraform", [
      ...["plan", "-input=false", "-no-color", "-compact-warnings", "-out=plan"],
    ]);
    if (status !== 0) {
      const broken = new Set(output.match(/(?<=(local|output)[\w". ]*)i\d+i/g) ?? []);
      const rest = batch.filter(({ id }) => !broken.has(id));
      if (rest.length === batch.length) {
        throw new Error(output.slice(0, 4000));
      }
      await workOut(rest);
      return;
    }
    const { stdout } = await workspace.run("terraform", ["show", "-json", "plan"]);
    const { planned_values } = JSON.parse(stdout) as {
      planned_values: { outputs: Record<string, { value: WorkedOut }> };
    };
    for (const [id, { value }] of Object.entries(planned_values.outputs)) {
      workedOut.set(id, value);
    }
  }

  const accepted = () =>
    instances.flatMap((instance) => {
      const values = workedOut.get(instance.id);
      return values?.holds ? [{ ...instance, values }] : [];
    });

  it("are refused at once, by Terraform, or not at all, many of each", () => {
    const counts = [refusals.length, instances.length - accepted().length, accepted().length];

    expect(counts.every((count) => count > numbers.length / 20)).toBe(true);
  });

  it("are refused with a sentence that names the prop and the way out", () => {
    const others = refusals
      .map(({ message }) => message)
      .filter(
        (message) =>
          !/^stack\/i\d+i\S*: .+ (give|write|begin|leave|put|there are|make) /s.test(message),
      );

    expect(others).toEqual([]);
  });

  it("are never accepted with a value of a type that there is not", () => {
    expect(accepted().filter(({ finals }) => finals === undefined)).toEqual([]);
  });

  it("are never accepted with a value that widens what it is put into", () => {
    const wide = accepted().map(({ kind, finals }) => ({
      kind,
      wide: finals === undefined ? [] : wideValues(finals),
    }));

    expect(wide.filter(({ wide: values }) => values.length > 0)).toEqual([]);
  });

  it("grant no more than the values say, by iam-simulate", async () => {
    const found: unknown[] = [];
    let granted = 0;
    for (const { kind, finals, values } of accepted()) {
      if (finals === undefined) {
        continue;
      }
      const documents = (texts: readonly string[]) =>
        texts.map((text) => JSON.parse(text) as object);
      if (kind === "caller") {
        const strangers = documents(values.trust).flatMap((trust) => strangersIn(finals, trust));
        found.push(...strangers.map((stranger) => ({ kind, finals, stranger })));
        continue;
      }
      const { excess, allowed } = await excessOf(kind, finals, documents(values.policies));
      granted += allowed;
      found.push(...excess.map((each) => ({ kind, finals, excess: each })));
    }

    recordPlayed(WHAT, {
      counted: {
        "refused at once": refusals.length,
        "refused by Terraform": instances.length - accepted().length,
        accepted: accepted().length,
        granted,
      },
    });
    expect(found).toEqual([]);
    expect(granted).toBeGreaterThan(numbers.length);
  });
});

describe("the judge", () => {
  const finals = (given: Partial<Finals>): Finals => ({
    texts: {},
    lists: {},
    buckets: [],
    ...given,
  });
  const allow = (action: string, resource: string) => ({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
  });

  it("finds what is granted beside the values", async () => {
    const name = { sort: "name", value: "video" } as const;
    const bucket = { name: "acme-videos", prefix: "a/", access: "read", acl: false };
    const found = async (kind: string, given: Partial<Finals>, policy: object) =>
      (await excessOf(kind, finals(given), [policy])).excess;

    const passed = await found(
      "user",
      { texts: { lambdaRoleName: name } },
      allow("iam:PassRole", "arn:aws:iam::*:role/video*"),
    );
    expect(passed).toContain("iam:PassRole on arn:aws:iam::123456789012:role/video-admin");
    const read = allow("s3:*", "arn:aws:s3:::acme-videos/a/*");
    expect(await found("grants", { buckets: [bucket] }, read)).toContain(
      "s3:PutObject on arn:aws:s3:::acme-videos/a/k",
    );
    expect(
      await found(
        "grants",
        { buckets: [bucket] },
        allow("s3:GetObject", "arn:aws:s3:::acme-videos/a/*"),
      ),
    ).toEqual([]);
  });

  it("finds strangers", () => {
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
    };

    expect(strangersIn(finals({}), trust)).toContain(
      "arn:aws:iam::999999999999:role/video-api with undefined",
    );
  });
});
