import {
  BUCKET,
  OUTPUT_BUCKET,
  REGION,
  RENDER_ID,
  SITE,
  VIDEO_KEY,
} from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { withBucket, withRender } from "../support/situations.js";
import type { World } from "../support/world.js";

const OWN_OUTPUT = { bucketName: OUTPUT_BUCKET, key: "my-video.mp4" } as const;
// More than travels in the invocation itself.
const LARGE_PROPS = { text: "x".repeat(5_000_000) };

const START = { api: "rendering", situation: "start" } as const;
const STATUS = { api: "rendering", situation: "status" } as const;
const STILL = { api: "rendering", situation: "still" } as const;
const COMPOSITIONS = { api: "rendering", situation: "compositions" } as const;
const NO_BUCKET_NAME = { api: "rendering", situation: "started without a bucket name" } as const;

/** Invokes the function as its users do, which is not recorded, for the payload that it gets. */
async function invoke(
  { remotion, functionName }: World,
  api: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await remotion.call(api, {
    region: REGION,
    functionName,
    serveUrl: SITE,
    composition: "my-video",
    envVariables: {},
    inputProps: {},
    forceBucketName: BUCKET,
    ...options,
  });
}

/** What the function was last asked, with changes. */
function work(changes: Readonly<Record<string, unknown>> = {}) {
  return ({ render, routines }: World) => routines.run({ ...render.received.at(-1), ...changes });
}

function started(options: Readonly<Record<string, unknown>> = {}) {
  return async (world: World) => {
    await withBucket(world);
    await invoke(world, "renderMediaOnLambda", { codec: "h264", ...options });
  };
}

function still(options: Readonly<Record<string, unknown>> = {}) {
  return async (world: World) => {
    await withBucket(world);
    await world.seed.bucket(OUTPUT_BUCKET, REGION);
    const image = { imageFormat: "png", privacy: "public" };
    await invoke(world, "renderStillOnLambda", { ...image, ...options });
  };
}

function compositions(options: Readonly<Record<string, unknown>> = {}) {
  return async (world: World) => {
    await withBucket(world);
    await invoke(world, "getCompositionsOnLambda", options);
  };
}

function watched(
  state: Parameters<typeof withRender>[1],
  prepare: (world: World) => Promise<void> = async () => undefined,
) {
  return async (world: World) => {
    await withRender(world, state);
    await prepare(world);
    const { remotion, functionName } = world;
    const render = { region: REGION, bucketName: BUCKET, renderId: RENDER_ID, functionName };
    await remotion.call("getRenderProgress", render);
  };
}

/** The routines of the deployed function that run without a browser. */
export const FUNCTION_WORK_SCENARIOS: readonly Scenario[] = [
  {
    ...NO_BUCKET_NAME,
    variant: "bucket found",
    prepare: compositions(),
    run: work({ bucketName: null }),
  },
  {
    ...NO_BUCKET_NAME,
    variant: "bucket found, named without its region",
    prepare: async (world) => {
      await world.seed.bucket("remotionlambda-shared", REGION);
      await invoke(world, "getCompositionsOnLambda");
    },
    run: work({ bucketName: null }),
  },
  {
    ...NO_BUCKET_NAME,
    variant: "no bucket",
    prepare: (world) => invoke(world, "getCompositionsOnLambda"),
    run: (world) => {
      // The first thing about the new bucket that the role may not do.
      world.refuse = ({ query }) => query.has("ownershipControls");
      return work({ bucketName: null })(world);
    },
    fails: "s3:PutBucketOwnershipControls",
  },
  { ...START, variant: "small props", prepare: started(), run: work() },
  { ...START, variant: "large props", prepare: started({ inputProps: LARGE_PROPS }), run: work() },
  { ...STILL, variant: "small props", prepare: still(), run: work() },
  { ...STILL, variant: "large props", prepare: still({ inputProps: LARGE_PROPS }), run: work() },
  {
    ...STILL,
    variant: "into another bucket",
    prepare: still({ outName: OWN_OUTPUT }),
    run: work(),
  },
  {
    ...STILL,
    variant: "into another bucket, without an ACL",
    prepare: still({ outName: OWN_OUTPUT, privacy: "no-acl" }),
    run: work(),
  },
  { ...COMPOSITIONS, variant: "small props", prepare: compositions(), run: work() },
  {
    ...COMPOSITIONS,
    variant: "large props",
    prepare: compositions({ inputProps: LARGE_PROPS }),
    run: work(),
  },
  { ...STATUS, variant: "just started", prepare: watched({ stage: "started" }), run: work() },
  { ...STATUS, variant: "closed", prepare: watched({}), run: work() },
  {
    ...STATUS,
    variant: "video there, not closed",
    prepare: watched({ stage: "combined" }),
    run: work(),
  },
  {
    ...STATUS,
    variant: "video not there yet",
    prepare: watched({ stage: "combined" }, ({ seed }) => seed.remove(BUCKET, VIDEO_KEY)),
    run: work(),
  },
  {
    ...STATUS,
    variant: "video there in another bucket, not closed",
    prepare: watched({ stage: "combined", outName: OWN_OUTPUT }),
    run: work(),
  },
  {
    ...STATUS,
    variant: "video not there yet in another bucket",
    prepare: watched({ stage: "combined", outName: OWN_OUTPUT }, ({ seed }) =>
      seed.remove(OWN_OUTPUT.bucketName, OWN_OUTPUT.key),
    ),
    run: work(),
  },
];
