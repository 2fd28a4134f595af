import { describe, expect, it } from "vitest";
import { type ContractChange, contractProblems } from "./contract-problems.js";
import type { ModuleContract } from "./module-contract.js";

const BASELINE: ModuleContract = {
  variables: {
    name: { type: "string", default: "it", nullable: false, sensitive: false },
    tags: { type: "map(string)", default: { a: "1", b: "2" }, nullable: false, sensitive: false },
    bucket: { type: "string", nullable: false, sensitive: false },
    trust: { type: "list(object({ name = string }))", nullable: false, sensitive: false },
  },
  outputs: { arn: { sensitive: false }, secret: { sensitive: true } },
  resources: {
    "aws_iam_role.this": "none",
    "aws_iam_policy.this": "count",
    "aws_iam_role_policy_attachment.this": "for_each",
  },
  moved: [{ from: "aws_iam_role.older", to: "aws_iam_role.this" }],
};

/** A module after a change, the problem with that, and what makes up for it. */
interface Case {
  readonly now: ModuleContract;
  /** How the sentence goes on after the module's name. @default none: the change is free */
  readonly problem?: string;
  /** An entry in the notes that makes up for it. @default no entry does */
  readonly note?: string;
  /** Moves that make up for it. @default none do */
  readonly moves?: readonly (readonly [from: string, to: string])[];
}

const CASES: Record<string, Case> = {
  "nothing is changed": { now: BASELINE },
  "a default's keys are in another order": {
    now: variable("tags", { default: { b: "2", a: "1" } }),
  },

  "a variable with a default is new": {
    now: variable("more", { type: "string", default: "", nullable: false, sensitive: false }),
  },
  "a variable without a default is new": {
    now: variable("more", { type: "string", nullable: false, sensitive: false }),
    problem: "the variable more is new and has no default: undo it",
    note: "- `it`: give `more`.",
  },
  "a variable gets a default": { now: variable("bucket", { default: "videos" }) },
  "a variable is gone": {
    now: { ...BASELINE, variables: without(BASELINE.variables, "name") },
    problem: "the variable name is gone: undo it",
    note: "- `it`: take `name` out of the call.",
  },
  "a variable is renamed": {
    now: {
      ...BASELINE,
      variables: {
        ...without(BASELINE.variables, "name"),
        title: { type: "string", default: "it", nullable: false, sensitive: false },
      },
    },
    problem: "the variable name is gone",
    note: "| `it` | `name` is `title` now |",
  },
  "a variable is required now": {
    now: {
      ...BASELINE,
      variables: {
        ...BASELINE.variables,
        name: { type: "string", nullable: false, sensitive: false },
      },
    },
    problem: "the variable name has no default any more",
    note: "`it` has no `name` of its own any more: give one.",
  },
  "a variable's objects get an optional attribute": {
    now: variable("trust", {
      type: 'list(object({ name = string prefix = optional(string, "") keys = optional(list(string)) }))',
    }),
  },
  "a variable's objects get an attribute that a caller must give": {
    now: variable("trust", { type: "list(object({ name = string prefix = string }))" }),
    problem: "the variable trust had the type",
    note: "- `it`: give every `trust` a prefix.",
  },
  "a variable's objects lose an attribute": {
    now: variable("trust", { type: "list(object({ prefix = optional(string) }))" }),
    problem: "the variable trust had the type",
    note: "- `it`: `trust` has no names.",
  },
  "a variable has another type": {
    now: variable("name", { type: "list(string)" }),
    problem: 'the variable name had the type "string" and has "list(string)"',
    note: "1. In `it`, `name` is a list.",
  },
  "a variable has another default": {
    now: variable("name", { default: "that" }),
    problem: 'the variable name had the default "it" and has "that"',
    note: "- `it`: `name` is\n  `that` by default.",
  },
  "a default of a map has another value": {
    now: variable("tags", { default: { a: "1", b: "3" } }),
    problem: 'the variable tags had the default {"a":"1","b":"2"} and has {"a":"1","b":"3"}',
    note: "- `it`: `tags`.",
  },
  "a variable takes null now": {
    now: variable("name", { nullable: true }),
    problem: "the variable name had nullable false and has true",
    note: "- `it`: `name`.",
  },
  "a variable is sensitive now": {
    now: variable("name", { sensitive: true }),
    problem: "the variable name had sensitive false and has true",
    note: "- `it`: `name`.",
  },

  "an output is new": {
    now: { ...BASELINE, outputs: { ...BASELINE.outputs, id: { sensitive: false } } },
  },
  "an output is gone": {
    now: { ...BASELINE, outputs: without(BASELINE.outputs, "arn") },
    problem: "the output arn is gone",
    note: "- `it`: `arn` is no more.",
  },
  "an output is sensitive now": {
    now: { ...BASELINE, outputs: { ...BASELINE.outputs, arn: { sensitive: true } } },
    problem: "the output arn is sensitive now, and was not",
    note: "- `it`: `arn` is sensitive.",
  },
  "an output is not sensitive any more": {
    now: { ...BASELINE, outputs: { ...BASELINE.outputs, secret: { sensitive: false } } },
    problem: "the output secret is not sensitive any more",
    note: "- `it`: `secret`.",
  },

  "a resource is new": { now: resources({ "aws_iam_user.this": "none" }) },
  "a resource is gone": {
    now: resources({}, "aws_iam_role.this"),
    problem: "the resource aws_iam_role.this is gone, and an upgrade would destroy it",
    note: "- `it`: `aws_iam_role.this` is destroyed.",
  },
  "a resource is renamed": {
    now: resources({ "aws_iam_role.new": "none" }, "aws_iam_role.this"),
    problem: "the resource aws_iam_role.this is gone",
    moves: [["aws_iam_role.this", "aws_iam_role.new"]],
  },
  "a resource is renamed twice": {
    now: resources({ "aws_iam_role.newer": "none" }, "aws_iam_role.this"),
    problem: "the resource aws_iam_role.this is gone",
    moves: [
      ["aws_iam_role.new", "aws_iam_role.newer"],
      ["aws_iam_role.this", "aws_iam_role.new"],
    ],
  },
  "a resource under count is renamed": {
    now: resources({ "aws_iam_policy.new": "count" }, "aws_iam_policy.this"),
    problem: "the resource aws_iam_policy.this is gone",
    moves: [["aws_iam_policy.this", "aws_iam_policy.new"]],
  },
  "a resource under for_each is renamed": {
    now: resources(
      { "aws_iam_role_policy_attachment.new": "for_each" },
      "aws_iam_role_policy_attachment.this",
    ),
    problem: "the resource aws_iam_role_policy_attachment.this is gone",
    moves: [["aws_iam_role_policy_attachment.this", "aws_iam_role_policy_attachment.new"]],
  },
  "a resource under count is under for_each": {
    now: resources({ "aws_iam_policy.this": "for_each" }),
    problem:
      "the instances of aws_iam_policy.this were told apart by count and are by for_each, and an upgrade would destroy and create them",
    moves: [["aws_iam_policy.this[0]", 'aws_iam_policy.this["1"]']],
  },
  "a resource is under count": {
    now: resources({ "aws_iam_role.this": "count" }),
    problem: "the instances of aws_iam_role.this were told apart by none and are by count",
    moves: [["aws_iam_role.this", "aws_iam_role.this[0]"]],
  },
  "a resource is under count no more": {
    now: resources({ "aws_iam_policy.this": "none" }),
    problem: "the instances of aws_iam_policy.this were told apart by count and are by none",
    moves: [["aws_iam_policy.this[0]", "aws_iam_policy.this"]],
  },
  "a resource under for_each is under count": {
    now: resources({ "aws_iam_role_policy_attachment.this": "count" }),
    problem:
      "the instances of aws_iam_role_policy_attachment.this were told apart by for_each and are by count",
    moves: [['aws_iam_role_policy_attachment.this["a"]', "aws_iam_role_policy_attachment.this[0]"]],
  },
  "a resource under count is renamed and under for_each": {
    now: resources({ "aws_iam_policy.new": "for_each" }, "aws_iam_policy.this"),
    problem: "the resource aws_iam_policy.this is gone",
    moves: [["aws_iam_policy.this[0]", 'aws_iam_policy.new["1"]']],
  },

  "a move is new": {
    now: moving(BASELINE, [["aws_iam_role.oldest", "aws_iam_role.this"]]),
  },
  "a move is gone": {
    now: { ...BASELINE, moved: [] },
    problem: "the moved block from aws_iam_role.older to aws_iam_role.this is gone",
    note: "- `it`: upgrade by way of 0.2, which moves `aws_iam_role.older`.",
  },
};

describe("a contract", () => {
  const cases = Object.entries(CASES);

  it.each(cases.filter(([, { problem }]) => problem === undefined))(
    "is kept where %s",
    (_what, { now }) => {
      expect(problems(now)).toEqual([]);
    },
  );

  it.each(cases.filter(([, { problem }]) => problem !== undefined))(
    "is broken where %s",
    (_what, { now, problem }) => {
      expect(problems(now)).toEqual([expect.stringContaining(`it: ${problem}`)]);
    },
  );

  it.each(cases.filter(([, { note }]) => note !== undefined))(
    "is changed in the open where %s, with a note on this module in the newest section",
    (_what, { now, note = "" }) => {
      const older = `${section("0.2.0", "Nothing.")}${section("0.1.0", note)}`;
      const other = section("0.2.0", note.replace("`it`", "`that`"));

      expect(problems(now, section("0.2.0", note))).toEqual([]);
      expect(problems(now, older)).toHaveLength(1);
      expect(problems(now, other)).toHaveLength(1);
    },
  );

  it.each(cases.filter(([, { moves }]) => moves !== undefined))(
    "is kept where %s, with a move",
    (_what, { now, moves }) => {
      expect(problems(moving(now, moves))).toEqual([]);
    },
  );

  it("is broken in as many sentences as it has changes", () => {
    const now = { ...variable("name", { type: "number", default: 1 }), outputs: {}, resources: {} };

    expect(problems(now)).toHaveLength(2 + 2 + 3);
  });
});

describe("a resource with a new address", () => {
  const renamed = resources({ "aws_iam_role.new": "none" }, "aws_iam_role.this");
  const rekeyed = resources({ "aws_iam_policy.this": "for_each" });

  it.each<readonly [what: string, now: ModuleContract, from: string, to: string]>([
    ["from another address", renamed, "aws_iam_role.other", "aws_iam_role.new"],
    ["to an address that is not there", renamed, "aws_iam_role.this", "aws_iam_role.gone"],
    ["to an instance that it has not", renamed, "aws_iam_role.this", "aws_iam_role.new[0]"],
    ["from an instance that it had not", renamed, "aws_iam_role.this[0]", "aws_iam_role.new"],
    ["to the same address", rekeyed, "aws_iam_policy.this", "aws_iam_policy.this"],
    ["from another instance", rekeyed, "aws_iam_policy.this[1]", 'aws_iam_policy.this["1"]'],
    ["in a circle", renamed, "aws_iam_role.this", "aws_iam_role.this"],
  ])("is not helped by a move %s", (_what, now, from, to) => {
    expect(problems(moving(now, [[from, to]]))).toHaveLength(1);
  });

  it("is not helped by a note: it would be destroyed and created all the same", () => {
    const note = section("0.2.0", "- `it`: `aws_iam_policy.this` is destroyed.");

    expect(problems(rekeyed, note)).toHaveLength(1);
  });
});

describe("a resource that is gone", () => {
  it("is not made up for by a note that does not say it is destroyed", () => {
    const gone = resources({}, "aws_iam_role.this");

    expect(problems(gone, section("0.2.0", "- `it`: `aws_iam_role.this`."))).toHaveLength(1);
  });
});

describe("a note", () => {
  const gone = { ...BASELINE, outputs: without(BASELINE.outputs, "arn") };

  it.each([
    ["names them in entries of their own", "- `it`\n- `arn`"],
    ["names them in paragraphs of their own", "About `it`.\n\nThe `arn` is gone."],
    ["names them in rows of their own", "| `it` |\n| `arn` |"],
    ["names another thing that begins alike", "- `it`: `arn_of_role` is gone."],
    ["does not write them as code", "- it: arn is gone."],
  ])("counts for nothing where it %s", (_what, note) => {
    expect(problems(gone, section("0.2.0", note))).toHaveLength(1);
  });
});

function problems(current: ModuleContract, upgradeNotes = "# Upgrading\n"): string[] {
  const change: ContractChange = { module: "it", baseline: BASELINE, current, upgradeNotes };
  return contractProblems(change);
}

function section(release: string, text = ""): string {
  return `## ${release}\n\n${text}\n\n`;
}

function variable(
  name: string,
  change: Partial<ModuleContract["variables"][string]>,
): ModuleContract {
  const before = BASELINE.variables[name] ?? { type: "", nullable: false, sensitive: false };
  return { ...BASELINE, variables: { ...BASELINE.variables, [name]: { ...before, ...change } } };
}

function resources(more: ModuleContract["resources"], gone = ""): ModuleContract {
  return { ...BASELINE, resources: { ...without(BASELINE.resources, gone), ...more } };
}

function moving(
  contract: ModuleContract,
  moves: readonly (readonly [from: string, to: string])[] = [],
): ModuleContract {
  return {
    ...contract,
    moved: [...contract.moved, ...moves.map(([from, to]) => ({ from, to }))],
  };
}

function without<Value>(object: Readonly<Record<string, Value>>, name: string) {
  const { [name]: _gone, ...rest } = object;
  return rest;
}
