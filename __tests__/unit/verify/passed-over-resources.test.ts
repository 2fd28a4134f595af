import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { NOTHING_OUTSIDE } from "../../../lib/terraform/outside-facts.js";
import type { Reading } from "../../../lib/terraform/principal.js";
import { SureBystanders } from "../../../lib/verify/sure-bystanders.js";
import { unknownNames } from "../../../lib/verify/unknown-names.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { Random } from "../../differential/support/random.js";
import { REPOSITORY } from "../../support/repository.js";
import { arn, document } from "../aws-account/support/answers.js";
import { fixture } from "../terraform/support/fixture.js";
import { RandomTerraform } from "./random-terraform.js";
import { options } from "./support.js";

/* Bystanders of a large plan or state are not held while it is read. That may change nothing but how much is held. */

/** How many plans, states, and raw states; of some of them all is verified. */
const FILES = 150;
const VERIFIED_EACH = 5;

const ASKED: readonly Partial<VerifyOptions>[] = [
  {},
  {},
  {},
  { named: [{ name: "a", actor: "role", profile: "full" }] },
  { named: [{ name: "p1", actor: "user" }] },
  { named: [{ name: "one", actor: "user" }] },
  { named: [{ name: "AmazonSQSFullAccess", actor: "user" }] },
  { named: [{ name: "aws_iam_user.this", actor: "user", profile: "render" }] },
  { named: [{ name: 'aws_iam_role_policy.this["k"]', actor: "user", profile: "render" }] },
  { principal: "b" },
  { principal: "aws_iam_role.this" },
  { principal: "nobody" },
  { actor: "role" },
  { scope: { lambdaRoleName: "c" } },
  { scope: { bucketNames: ["of-others"] } },
  { outside: NOTHING_OUTSIDE, collected: NOTHING_OUTSIDE },
  { outputBuckets: [{ name: "of-others", prefix: "", access: "read" }] },
];

const GIVEN: readonly ReadonlyMap<string, unknown>[] = [
  new Map(),
  new Map(),
  new Map([["AWSUnknownPolicy", userPolicy()]]),
  new Map([["one", userPolicy()]]),
  new Map([["p0", userPolicy()]]),
  new Map([["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", userPolicy()]]),
];

const FORMS = ["plan", "state", "rawState"] as const;

/** A file, and what is asked about it. */
interface Case {
  readonly text: string;
  readonly asked: VerifyOptions;
  readonly policies: ReadonlyMap<string, unknown>;
}

function randomCase(form: (typeof FORMS)[number], seed: number): Case {
  const random = new Random(seed);
  const content = new RandomTerraform(random, form === "plan")[form]();
  return {
    // At once, and in pieces.
    text: JSON.stringify(content, undefined, random.pick([0, 1])),
    asked: options(random.pick(ASKED)),
    policies: random.pick(GIVEN),
  };
}

/** What a file says, with bystanders held or not; why it is not read. */
function read({ text, asked, policies }: Case, holds: "all" | "few"): Reading | string {
  const passOverFrom = holds === "all" ? Number.POSITIVE_INFINITY : 0;
  try {
    return readPrincipals(text, { policies, bystanders: new SureBystanders(asked), passOverFrom });
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return error.message;
    }
    throw error;
  }
}

/** What `verify` says of it. */
function said(one: Case, holds: "all" | "few") {
  const reading = read(one, holds);
  if (typeof reading === "string") {
    return reading;
  }
  const { bystanders, unclear, ...rest } = verifyReading(reading, one.asked);
  return {
    ...rest,
    // Those who are not held come last.
    bystanders: bystanders.toSorted(),
    unclear: unclear.toSorted(),
    unknown: unknownNames(reading, one.asked),
    known: [
      ...reading.principals.map(({ name }) => name),
      ...(reading.bystanders ?? []),
    ].toSorted(),
  };
}

/** Who is held is as where all are; returns how many are not. */
function expectSome(one: Case): number {
  const [all, few] = [read(one, "all"), read(one, "few")];
  if (typeof all === "string" || typeof few === "string") {
    expect(few).toBe(all);
    return 0;
  }
  const { principals, bystanders = [], unclear = [] } = few;
  const left = all.principals.filter(
    (principal) => !principals.some((other) => isDeepStrictEqual(principal, other)),
  );
  expect(principals).toEqual(all.principals.filter((principal) => !left.includes(principal)));
  expect(few.outside).toEqual(all.outside);
  expect(bystanders.toSorted()).toEqual(left.map(({ name }) => name).toSorted());
  expect(left.filter(({ kind }) => kind === "policy")).toEqual([]);
  expect(unclear.toSorted()).toEqual(
    left
      .filter(({ unread }) => unread.length > 0)
      .map(({ name }) => name)
      .toSorted(),
  );
  return bystanders.length;
}

describe("bystanders of Terraform who are not held", () => {
  it.each(FORMS)("are none who would be anything else, whatever else a %s has", (form) => {
    let notHeld = 0;
    for (let seed = 0; seed < FILES; seed += 1) {
      const one = randomCase(form, seed);
      notHeld += expectSome(one);
      if (seed % VERIFIED_EACH === 0) {
        expect(said(one, "few"), `seed ${seed}`).toEqual(said(one, "all"));
      }
    }
    expect(notHeld).toBeGreaterThan(FILES / 2);
  });

  const fixtures = readdirSync(join(REPOSITORY, "__tests__", "unit", "terraform", "fixtures"));
  it.each(fixtures.filter((name) => name.endsWith(".json")))("are none in %s", (name) => {
    for (const asked of ASKED) {
      const one = { text: fixture(name), asked: options(asked), policies: new Map() };
      expectSome(one);
    }
    const one = { text: fixture(name), asked: options(), policies: new Map() };
    expect(said(one, "few")).toEqual(said(one, "all"));
  });
});

const OF_OTHERS = JSON.stringify(document("Others", { Resource: "arn:aws:s3:::of-others/*" }));
const ITS_OWN = JSON.stringify(userPolicy());
const PASSES = JSON.stringify(
  document("Passes", { Action: "iam:PassRole", Resource: arn("role", "a") }),
);

type Resource = readonly [address: string, values: object, change?: object];

const holder = (kind: string, name: string, more: object = {}): Resource => [
  `aws_iam_${kind}.${name}`,
  { name, arn: arn("role", name), permissions_boundary: "", ...more },
];
const role = (name: string, more: object = {}) =>
  holder("role", name, { inline_policy: [], managed_policy_arns: [], ...more });
const inline = (of: string, policy: string, label = of): Resource => [
  `aws_iam_role_policy.${label}`,
  { name: "own", role: of, policy },
];
const attachment = (of: string, policy: string): Resource => [
  `aws_iam_role_policy_attachment.${of}`,
  { role: of, policy_arn: arn("policy", policy) },
];
const managed = (name: string, policy: string): Resource => [
  `aws_iam_policy.${name}`,
  { name, arn: arn("policy", name), policy },
];
const changed = ([address, values]: Resource, actions: readonly string[], before = values) =>
  [address, values, { actions, before }] as const;

/** A role of which nothing is asked, and that is held: the first in a file. */
const FIRST = role("first");

function planOf(all: readonly Resource[], expressions: object = {}): string {
  const each = [FIRST, ...all].map(([address, values, change]) => {
    const [type = "", name = ""] = address.split(".").slice(-2);
    return { address, mode: "managed", type, name, values, change };
  });
  const ofModule = (module: string) =>
    each
      .filter(({ address }) => address.startsWith("module.ours.") === (module !== ""))
      .map(({ change: _change, ...resource }) => resource);
  return JSON.stringify({
    format_version: "1.2",
    planned_values: {
      root_module: {
        resources: ofModule(""),
        child_modules: [{ address: "module.ours", resources: ofModule("module.ours") }],
      },
    },
    resource_changes: each.map(({ values, change, ...resource }) => ({
      ...resource,
      change: change ?? { actions: ["no-op"], before: values },
    })),
    configuration: {
      root_module: {
        resources: each.map(({ values: _values, change: _change, ...resource }) => ({
          ...resource,
          expressions,
        })),
        module_calls: { ours: { source: "./modules/remotion-user" } },
      },
    },
  });
}

describe("of a plan", () => {
  it.each<{
    readonly of: string;
    readonly plan: readonly Resource[];
    readonly expressions?: object;
    readonly held: readonly string[];
  }>([
    {
      of: "nobody who has policies of others",
      plan: [
        managed("p", OF_OTHERS),
        role("a", { inline_policy: [{ name: "own", policy: OF_OTHERS }] }),
        role("b", { managed_policy_arns: [arn("policy", "p")] }),
        managed("q", OF_OTHERS),
        role("c", { permissions_boundary: arn("policy", "q") }),
        inline("b", OF_OTHERS),
        attachment("c", "p"),
      ],
      held: [],
    },
    {
      of: "nobody who is only updated",
      plan: [changed(role("a"), ["update"]), changed(inline("a", OF_OTHERS), ["update"])],
      held: [],
    },
    { of: "whoever has a policy of its own", plan: [role("a"), inline("a", ITS_OWN)], held: ["a"] },
    {
      of: "whoever has a managed one, wherever that comes",
      plan: [
        role("a"),
        attachment("a", "p"),
        managed("p", ITS_OWN),
        role("b", { managed_policy_arns: [arn("policy", "p")] }),
      ],
      held: ["a", "b"],
    },
    {
      of: "nobody who has a managed one that is not in the file",
      plan: [role("a"), attachment("a", "p"), role("b", { managed_policy_arns: ["no ARN"] })],
      held: [],
    },
    {
      of: "a role that is passed by its name",
      plan: [role("a"), role("b"), role("c"), inline("c", PASSES)],
      held: ["a", "c"],
    },
    {
      of: "somebody with a name of Remotion's",
      plan: [role("remotion-lambda-role"), role("a")],
      held: ["remotion-lambda-role"],
    },
    {
      of: "whoever is in a module of ours",
      plan: [role("a"), ["module.ours.aws_iam_role.b", { ...role("b")[1] }]],
      held: ["b"],
    },
    {
      of: "those of one name, and whose policies are for nobody in the file",
      plan: [role("a"), ["aws_iam_role.b", { ...role("a")[1] }], inline("elsewhere", OF_OTHERS)],
      held: ["a", "a", "own"],
    },
    {
      of: "users in groups",
      plan: [
        holder("user", "u"),
        holder("user", "v"),
        ["aws_iam_user_group_membership.u", { user: "u", groups: ["g"] }],
      ],
      held: ["u"],
    },
    {
      of: "whom a policy refers to that is not told whose it is",
      plan: [role("a"), role("b"), ["aws_iam_role_policy.a", { name: "own", policy: OF_OTHERS }]],
      expressions: { role: { references: ["aws_iam_role.a.id", "aws_iam_role.a"] } },
      held: ["a"],
    },
    {
      of: "anybody of the kind where that is anybody's",
      plan: [
        role("a"),
        holder("user", "u"),
        ["aws_iam_role_policy.a", { name: "own", policy: OF_OTHERS }],
      ],
      expressions: { role: { references: ["local.role"] } },
      held: ["a", "own"],
    },
    {
      of: "a role whose policies only the configuration names",
      plan: [["aws_iam_role.a", { name: "a", permissions_boundary: "" }], role("b")],
      expressions: { managed_policy_arns: { references: ["local.arns"] } },
      held: ["a"],
    },
    {
      of: "who is replaced, and from whom something is taken",
      plan: [
        managed("p", OF_OTHERS),
        changed(role("a"), ["delete", "create"]),
        attachment("a", "p"),
        role("b"),
        attachment("b", "p"),
        role("c"),
        changed(inline("c", OF_OTHERS), ["update"], { name: "own", role: "b", policy: ITS_OWN }),
      ],
      held: ["a", "b", "c"],
    },
    {
      of: "who has a policy that is replaced, which nobody keeps",
      plan: [
        changed(managed("p", OF_OTHERS), ["delete", "create"]),
        role("a"),
        attachment("a", "p"),
      ],
      held: ["a", "p"],
    },
    {
      of: "whom an attachment was for, and is for",
      plan: [
        managed("p", OF_OTHERS),
        managed("q", OF_OTHERS),
        role("a"),
        role("b"),
        changed(attachment("a", "q"), ["update"], { role: "b", policy_arn: arn("policy", "p") }),
        role("c", { managed_policy_arns: [arn("policy", "p")] }),
      ],
      held: ["a", "b"],
    },
    {
      of: "everybody where there are several partitions",
      plan: [role("a"), role("b", { arn: "arn:aws-cn:iam::123456789012:role/b" }), role("c")],
      held: ["a", "b", "c"],
    },
  ])("hold $of", ({ plan, expressions, held }) => {
    const text = planOf(plan, expressions);
    const one = { text, asked: options(), policies: new Map() };
    const reading = read(one, "few") as Reading;
    const [, ...names] = reading.principals.map(({ name }) => name);
    expect(names).toEqual(held);
    expectSome(one);
    expect(said(one, "few")).toEqual(said(one, "all"));
  });

  it("is held what is passed over in no large one", () => {
    const text = planOf([role("a")]);
    const bystanders = new SureBystanders(options());
    expect(readPrincipals(text, { bystanders }).bystanders).toBeUndefined();
    expect(readPrincipals(text, { bystanders, passOverFrom: 0 }).bystanders).toEqual(["a"]);
  });

  it("ends at a key that stands twice in somebody who would be passed over", () => {
    const text = planOf([role("a")]).replace('"name":"a","arn"', '"name":"a","name":"a","arn"');
    const one = { text, asked: options(), policies: new Map() };
    expect(read(one, "few")).toBe(read(one, "all"));
    expect(read(one, "few")).toContain("name");
  });
});
