/** A row of docs/reliability.md: what is played, and how often at least. */
export interface Row {
  /** What they are, in the plural: what a test gives to `partOf` and its neighbours. */
  readonly what: string;
  /** Cases at least. */
  readonly least: number;
  /** Each case is a fault that is injected. @default false */
  readonly injects?: true;
  /** What decides what chance draws. @default nothing is drawn: all there are */
  readonly seed?: string;
  /** What it was before it was mended. @default it was no fault */
  readonly before?: string;
}

/** What is played in one go. */
export interface Part {
  /** What `npm run torture -- NAME` calls it. */
  readonly name: string;
  /** What is proven, as a sentence. */
  readonly proves: string;
  /** Tests that play it. */
  readonly files: readonly string[];
  readonly rows: readonly Row[];
}

/** All that `npm run torture` plays, in its order. */
export const PARTS: readonly Part[] = [
  {
    name: "generator",
    proves:
      "`generate` leaves each module old, new or absent, never half of each; the next run heals it; two at once both end well.",
    files: [
      "__tests__/reliability/generate-system-calls.test.ts",
      "__tests__/reliability/generate-kills.test.ts",
      "__tests__/reliability/generate-pairs.test.ts",
    ],
    rows: [
      {
        what: "system calls of generate that change something, before each of which it is killed",
        least: 500,
        injects: true,
        before: "killed before each of 55 writes, 42 left a mixture",
      },
      {
        what: "system calls of generate that change something, each of which is refused",
        least: 500,
        injects: true,
        before: "a raw EISDIR, and half-written modules",
      },
      {
        what: "system calls of generate --layout registry that change something, before each of which it is killed",
        least: 200,
        injects: true,
      },
      {
        what: "calls of generate that write, ended before or within, or refused",
        least: 100,
        injects: true,
      },
      {
        what: "pairs of runs of generate at once",
        least: 200,
        before: "files of the other run were called changed by hand",
      },
    ],
  },
  {
    name: "rules",
    proves: "A value is refused by TypeScript where Terraform refuses it, and nowhere else.",
    files: ["__tests__/terraform/rules.test.ts"],
    rows: [
      { what: "values of each rule, of TypeScript and of Terraform", least: 100_000, seed: "16" },
    ],
  },
  {
    name: "requests",
    proves:
      "The evaluator answers as iam-simulate does, and where something is not told as it would with it, or that it cannot tell.",
    files: [
      "__tests__/unit/iam/evaluate/agreement.test.ts",
      "__tests__/unit/iam/evaluate/outside-agreement.test.ts",
      "__tests__/unit/iam/evaluate/soundness.test.ts",
      "__tests__/unit/iam/evaluate/outside-soundness.test.ts",
    ],
    rows: [
      {
        what: "requests of random policies, decided by both evaluators",
        least: 300_000,
        seed: "16",
      },
      {
        what: "requests beside policies of resources and organizations, decided by both evaluators",
        least: 20_000,
        seed: "20261130",
      },
      {
        what: "requests of which parts are not told, decided with them and without",
        least: 20_000,
        seed: "16",
      },
      {
        what: "requests beside policies of which parts are not told, decided with them and without",
        least: 20_000,
        seed: "16",
      },
    ],
  },
  {
    name: "modules",
    proves:
      "What a published module grants is what its inputs name, by iam-simulate, and the same in both editions.",
    files: ["__tests__/least-privilege/module-instances.test.ts"],
    rows: [{ what: "module instances of random inputs", least: 5000, seed: "16" }],
  },
  {
    name: "constructs",
    proves: "What a construct grants is what its props name, tokens among them, by iam-simulate.",
    files: ["__tests__/least-privilege/construct-tokens.test.ts"],
    rows: [{ what: "constructs of random props", least: 5000, seed: "13" }],
  },
  {
    name: "verify",
    proves: "`verify` says of Terraform roots by chance what iam-simulate says of what they mean.",
    files: ["__tests__/differential/differential.test.ts"],
    rows: [
      { what: "roots that nobody wrote, to verify and to another judge", least: 200, seed: "1" },
    ],
  },
  {
    name: "foreign-code",
    proves:
      "The package of a release that `upstream` runs reaches no network, other process, environment, or file but its own.",
    files: ["__tests__/unit/upstream/isolation.test.ts"],
    rows: [
      {
        what: "things that a package tries to reach",
        least: 15,
        before: "it reached the network, and could signal other processes",
      },
    ],
  },
  {
    name: "aws-faults",
    proves:
      "Terraform, with faults between it and AWS, comes to what the configuration says, and nothing is left beside the state.",
    files: [
      "__tests__/reliability/terraform-faults.test.ts",
      "__tests__/reliability/deploy-killed.test.ts",
      "__tests__/reliability/two-applies.test.ts",
      "__tests__/end-to-end/import-from-error.test.ts",
    ],
    rows: [
      {
        what: "rounds of Terraform with faults",
        least: 24,
        injects: true,
        seed: "0 to 23",
        before: "8 of 12 converged",
      },
      { what: "deployments by cdktf deploy, killed in the middle", least: 8, injects: true },
      { what: "pairs of applies at once with one state", least: 2 },
      { what: "ways to write the errors of an apply", least: 2 },
    ],
  },
  {
    name: "refusals",
    proves: "What widens or breaks is refused at plan, with the value, the rule and the way out.",
    files: [
      "__tests__/terraform/refusals.test.ts",
      "__tests__/terraform/refused-examples.test.ts",
      "__tests__/terraform/module-tests.test.ts",
    ],
    rows: [
      { what: "values that are refused, in both editions", least: 160 },
      { what: "preconditions that are refused, in both editions", least: 140 },
      { what: "modules whose examples are planned", least: 6 },
      { what: "modules in JSON whose own tests are run", least: 6 },
    ],
  },
  {
    name: "client",
    proves: "Remotion's own client stops, or goes on, where a call is refused, as `verify` says.",
    files: ["__tests__/remotion-client/recorded-calls.test.ts"],
    rows: [{ what: "calls that Remotion does not go on without", least: 200, injects: true }],
  },
  {
    name: "account",
    proves: "An account is to `verify` what the state is that has the same.",
    files: ["__tests__/end-to-end/account.test.ts"],
    rows: [{ what: "roles of an account, read from AWS's answers and from a state", least: 2000 }],
  },
  {
    name: "upgrade",
    proves:
      "Over the state of a release this build changes what docs/UPGRADE.md says, and nothing else.",
    files: ["__tests__/upgrade/upgrade.test.ts"],
    rows: [
      { what: "states of releases, each planned over by an edition of this build", least: 100 },
    ],
  },
  {
    name: "sources",
    proves: "A module is fetched, planned and upgraded by each tool as the pages have it.",
    files: [
      "__tests__/distribution/sources-upgrade.test.ts",
      "__tests__/distribution/sources-tools.test.ts",
      "__tests__/distribution/python.test.ts",
    ],
    rows: [
      { what: "ways to fetch a module, by which it is upgraded", least: 5 },
      { what: "roots that Terramate generates", least: 1 },
      { what: "programs in Python, for which pip asks PyPI", least: 1 },
    ],
  },
  {
    name: "release",
    proves: "A release and a deployable stack are the same bytes wherever they are made.",
    files: [
      "__tests__/distribution/release.test.ts",
      "__tests__/end-to-end/deployable-stack.test.ts",
    ],
    rows: [
      { what: "ways to release", least: 2 },
      { what: "backends of the deployable stack", least: 3 },
    ],
  },
];
