import { EventEmitter, once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUCKET, SITE } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { withBucket, withFunction, withRender, withSite } from "../support/situations.js";
import type { World } from "../support/world.js";

interface Variant {
  readonly variant?: string;
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly args?: (world: World) => readonly string[];
  /** What the command prints, when it is meant to end with an error. */
  readonly fails?: string;
}

/** A command in all its variants. */
function command(words: string, ...variants: readonly Variant[]): readonly Scenario[] {
  return variants.map(({ variant = "plain", prepare, args = () => [], fails }) => ({
    api: `remotion lambda ${words}`,
    situation: "any",
    variant,
    ...(prepare === undefined ? {} : { prepare }),
    ...(fails === undefined ? {} : { fails }),
    run: (world) => world.commands.run(words, args(world)),
  }));
}

async function withFunctionAndRender(world: World): Promise<void> {
  await withFunction(world);
  await withRender(world);
}

const SERVE_URL = `https://example.com/sites/${SITE}/index.html`;
const COMPOSITION = "my-video";
const YES = "--yes";
const IN_BUCKET = `--force-bucket-name=${BUCKET}`;
const SITE_ARGS = [
  // The stand-in for the bundler does not read it; the command looks whether it is there.
  join(import.meta.dirname, "command-line.ts"),
  `--site-name=${SITE}`,
  "--disable-git-source",
];
const OWN_LAYER = "arn:aws:lambda:eu-central-1:123456789012:layer:layer-of-a-user:1";

/** Props that are too large for the invocation of a video or, being larger yet, of a still. */
function largeProps({ folder }: World): string {
  const path = join(folder, "props.json");
  writeFileSync(path, JSON.stringify({ text: "x".repeat(5_000_000) }));
  return `--props=${path}`;
}

const FUNCTIONS: readonly Scenario[] = [
  ...command(
    "functions deploy",
    {},
    { variant: "without logs", args: () => ["--disable-cloudwatch"] },
    {
      variant: "with everything",
      prepare: (world) => withFunction(world, { name: "remotion-render-of-another-size" }),
      args: () => [
        "--custom-role-arn=arn:aws:iam::123456789012:role/role-of-a-user",
        "--enable-lambda-insights",
        "--vpc-subnet-ids=subnet-1",
        "--vpc-security-group-ids=sg-1",
      ],
    },
    {
      variant: "with layers of one's own",
      args: () => [`--custom-layer-arns=${OWN_LAYER}`],
    },
    { variant: "already deployed", prepare: (world) => withFunction(world) },
    {
      variant: "already deployed, with other layers",
      prepare: (world) => withFunction(world),
      args: () => [`--custom-layer-arns=${OWN_LAYER}`],
    },
  ),
  ...command(
    "functions ls",
    { variant: "one deployed", prepare: (world) => withFunction(world) },
    { variant: "none deployed" },
  ),
  ...command("functions rm", {
    prepare: (world) => withFunction(world),
    args: ({ functionName }) => [functionName, YES],
  }),
  ...command(
    "functions rmall",
    { variant: "one deployed", prepare: (world) => withFunction(world), args: () => [YES] },
    { variant: "none deployed", args: () => [YES] },
  ),
];

const SITES: readonly Scenario[] = [
  ...command(
    "sites create",
    { variant: "bucket there", prepare: withBucket, args: () => SITE_ARGS },
    { variant: "no bucket yet", args: () => SITE_ARGS },
    {
      variant: "over an old one, bucket named, no ACL",
      prepare: withSite,
      args: () => [...SITE_ARGS, IN_BUCKET, "--privacy=no-acl"],
    },
    {
      variant: "with folder expiry",
      prepare: withBucket,
      args: () => [...SITE_ARGS, "--enable-folder-expiry"],
    },
  ),
  ...command("sites ls", { variant: "one site", prepare: withSite }, { variant: "no bucket yet" }),
  ...command(
    "sites rm",
    { variant: "bucket found", prepare: withSite, args: () => [SITE, YES] },
    { variant: "bucket named", prepare: withSite, args: () => [SITE, YES, IN_BUCKET] },
    { variant: "no bucket yet", args: () => [SITE, YES], fails: `No site ${SITE} was found` },
  ),
  ...command(
    "sites rmall",
    { variant: "bucket found", prepare: withSite, args: () => [YES] },
    { variant: "bucket named", prepare: withSite, args: () => [YES, IN_BUCKET] },
    { variant: "no bucket yet", args: () => [YES] },
  ),
];

const RENDERS: readonly Scenario[] = [
  ...command(
    "compositions",
    { prepare: (world) => withFunction(world), args: () => [SERVE_URL] },
    {
      variant: "large props, no bucket yet",
      prepare: (world) => withFunction(world),
      args: (world) => [SERVE_URL, largeProps(world)],
    },
    {
      variant: "large props, bucket named",
      prepare: async (world) => {
        await withFunction(world);
        await withBucket(world);
      },
      args: (world) => [SERVE_URL, largeProps(world), IN_BUCKET],
    },
  ),
  ...command(
    "render",
    {
      variant: "downloaded",
      prepare: withFunctionAndRender,
      args: ({ folder }) => [SERVE_URL, COMPOSITION, join(folder, "video.mp4")],
    },
    {
      variant: "large props, not downloaded",
      prepare: withFunctionAndRender,
      args: (world) => [SERVE_URL, COMPOSITION, largeProps(world)],
    },
    {
      variant: "function named; video there, not closed",
      prepare: async (world) => {
        await withFunction(world);
        await withRender(world, { stage: "combined" });
      },
      args: ({ functionName }) => [SERVE_URL, COMPOSITION, `--function-name=${functionName}`],
    },
  ),
  {
    api: "remotion lambda render",
    situation: "any",
    variant: "cancelled with Ctrl+C",
    prepare: async (world) => {
      await withFunction(world);
      await withRender(world, { stage: "started" });
    },
    run: cancelledRender,
  },
  ...command(
    "still",
    {
      variant: "downloaded",
      prepare: withFunctionAndRender,
      args: ({ folder }) => [SERVE_URL, COMPOSITION, join(folder, "still.png")],
    },
    {
      variant: "large props, no bucket yet, not downloaded",
      prepare: (world) => withFunction(world),
      args: (world) => [SERVE_URL, COMPOSITION, largeProps(world)],
    },
  ),
];

/** The commands of `npx remotion lambda`. */
export const COMMAND_SCENARIOS: readonly Scenario[] = [
  ...FUNCTIONS,
  ...SITES,
  ...RENDERS,
  ...command("quotas", {}),
  ...command("quotas increase", { args: () => [YES] }),
  ...command(
    "policies validate",
    { variant: "as a user" },
    {
      variant: "as a role",
      prepare: async (world) => {
        world.caller = "assumed-role/remotion-caller/session";
      },
    },
  ),
  ...command("policies user", {}),
  ...command("policies role", {}),
  ...command("regions", {}),
];

const CANCELLED = "Cancellation signal sent";

async function cancelledRender(world: World): Promise<string> {
  const asked = new EventEmitter();
  world.render.onStatus = () => asked.emit("status");
  const args = [SERVE_URL, COMPOSITION, "--enable-cancellation"];
  const running = world.commands.start("render", args);
  await Promise.race([once(asked, "status"), running.end]);
  running.interrupt();
  const { output } = await running.end;
  // What it has printed of its progress by then differs from time to time.
  if (!output.includes(CANCELLED)) throw new Error(output);
  return CANCELLED;
}
