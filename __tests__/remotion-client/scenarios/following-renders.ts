import { join } from "node:path";
import { PROVIDER_KEY } from "../support/caller-environment.js";
import { BUCKET, OUTPUT_BUCKET, REGION, RENDER_ID, VIDEO_KEY } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { withBucket, withRender } from "../support/situations.js";
import type { World } from "../support/world.js";

const RENDER = { region: REGION, bucketName: BUCKET, renderId: RENDER_ID } as const;
const OWN_OUTPUT = { bucketName: OUTPUT_BUCKET, key: "my-video.mp4" } as const;

function provider({ endpointUrl }: World): Record<string, unknown> {
  return {
    endpoint: endpointUrl,
    region: REGION,
    accessKeyId: PROVIDER_KEY,
    secretAccessKey: "none",
    forcePathStyle: true,
  };
}

/** A render whose video goes to storage that is not AWS'. */
function withProviderRender(world: World, stage: "combined" | "closed" = "closed"): Promise<void> {
  const s3OutputProvider = { endpoint: world.endpointUrl };
  return withRender(world, { stage, outName: { ...OWN_OUTPUT, s3OutputProvider } });
}

function progress(options: Record<string, unknown> = {}) {
  return ({ remotion, functionName }: World) =>
    remotion.call("getRenderProgress", { ...RENDER, functionName, ...options });
}

function download(options: Record<string, unknown> = {}) {
  return ({ remotion, folder }: World) =>
    remotion.call("downloadMedia", { ...RENDER, outPath: join(folder, "out.mp4"), ...options });
}

const SKIPPING = { api: "getRenderProgress", situation: "skipLambdaInvocation" } as const;
const DOWNLOAD = { api: "downloadMedia", situation: "any" } as const;
const DELETE = { api: "deleteRender", situation: "any" } as const;
const PRESIGN = { api: "presignUrl", situation: "any" } as const;

/** Watching, cancelling, fetching and deleting renders. */
export const FOLLOW_SCENARIOS: readonly Scenario[] = [
  {
    api: "getRenderProgress",
    situation: "through the function",
    variant: "plain",
    prepare: (world) => withRender(world),
    run: progress(),
  },
  {
    ...SKIPPING,
    variant: "just started",
    prepare: (world) => withRender(world, { stage: "started" }),
    run: progress({ skipLambdaInvocation: true }),
  },
  {
    ...SKIPPING,
    variant: "video there, not closed",
    prepare: (world) => withRender(world, { stage: "combined" }),
    run: progress({ skipLambdaInvocation: true }),
  },
  {
    ...SKIPPING,
    variant: "video there in another bucket, not closed",
    prepare: (world) => withRender(world, { stage: "combined", outName: OWN_OUTPUT }),
    run: progress({ skipLambdaInvocation: true }),
  },
  {
    ...SKIPPING,
    variant: "video not there yet",
    prepare: async (world) => {
      await withRender(world, { stage: "combined" });
      await world.seed.remove(BUCKET, VIDEO_KEY);
    },
    run: progress({ skipLambdaInvocation: true }),
  },
  {
    ...SKIPPING,
    variant: "video not there yet in another bucket",
    prepare: async (world) => {
      await withRender(world, { stage: "combined", outName: OWN_OUTPUT });
      await world.seed.remove(OWN_OUTPUT.bucketName, OWN_OUTPUT.key);
    },
    run: progress({ skipLambdaInvocation: true }),
  },
  {
    ...SKIPPING,
    variant: "closed",
    prepare: (world) => withRender(world),
    run: progress({ skipLambdaInvocation: true }),
  },
  {
    ...SKIPPING,
    variant: "video at another provider, not closed",
    prepare: (world) => withProviderRender(world, "combined"),
    run: (world) =>
      progress({ skipLambdaInvocation: true, s3OutputProvider: provider(world) })(world),
  },
  {
    api: "cancelRenderOnLambda",
    situation: "any",
    variant: "plain",
    prepare: (world) => withRender(world, { stage: "started" }),
    run: ({ remotion }) => remotion.call("cancelRenderOnLambda", RENDER),
  },
  {
    ...PRESIGN,
    variant: "signed",
    prepare: (world) => withRender(world),
    run: ({ remotion }) => presign(remotion, {}),
  },
  {
    ...PRESIGN,
    variant: "signed and used",
    prepare: (world) => withRender(world),
    run: async ({ remotion }) => use(await presign(remotion, {})),
  },
  {
    ...PRESIGN,
    variant: "looked for, there",
    prepare: (world) => withRender(world),
    run: ({ remotion }) => presign(remotion, { checkIfObjectExists: true }),
  },
  {
    ...PRESIGN,
    variant: "looked for, not there",
    prepare: withBucket,
    run: ({ remotion }) => presign(remotion, { checkIfObjectExists: true }),
  },
  {
    ...PRESIGN,
    variant: "looked for in another bucket, not there",
    prepare: ({ seed }) => seed.bucket(OUTPUT_BUCKET, REGION),
    run: ({ remotion }) =>
      presign(remotion, { bucketName: OUTPUT_BUCKET, checkIfObjectExists: true }),
  },
  {
    ...PRESIGN,
    variant: "looked for in another bucket and used",
    prepare: (world) => withRender(world, { outName: OWN_OUTPUT }),
    run: async ({ remotion }) =>
      use(
        await presign(remotion, {
          bucketName: OUTPUT_BUCKET,
          objectKey: OWN_OUTPUT.key,
          checkIfObjectExists: true,
        }),
      ),
  },
  { ...DOWNLOAD, variant: "video", prepare: (world) => withRender(world), run: download() },
  {
    ...DOWNLOAD,
    variant: "video in another bucket",
    prepare: (world) => withRender(world, { outName: OWN_OUTPUT }),
    run: download(),
  },
  {
    ...DOWNLOAD,
    variant: "video at another provider",
    prepare: (world) => withProviderRender(world),
    run: (world) => download({ customCredentials: provider(world) })(world),
  },
  {
    ...DELETE,
    variant: "video",
    prepare: (world) => withRender(world),
    run: ({ remotion }) => remotion.call("deleteRender", RENDER),
  },
  {
    ...DELETE,
    variant: "not rendered yet",
    prepare: (world) => withRender(world, { stage: "started" }),
    run: ({ remotion }) => remotion.call("deleteRender", RENDER),
  },
  {
    ...DELETE,
    variant: "video in another bucket",
    prepare: (world) => withRender(world, { outName: OWN_OUTPUT }),
    run: ({ remotion }) => remotion.call("deleteRender", RENDER),
  },
  {
    ...DELETE,
    variant: "video at another provider",
    prepare: (world) => withProviderRender(world),
    run: (world) =>
      world.remotion.call("deleteRender", { ...RENDER, customCredentials: provider(world) }),
  },
];

/** Opens a presigned URL, as whoever is given it does. */
async function use(url: unknown): Promise<number> {
  const { ok, status } = await fetch(String(url));
  if (!ok) throw new Error(`The presigned URL is answered with ${status}.`);
  return status;
}

function presign(remotion: World["remotion"], options: Record<string, unknown>): Promise<unknown> {
  return remotion.call("presignUrl", {
    region: REGION,
    bucketName: BUCKET,
    objectKey: VIDEO_KEY,
    ...options,
  });
}
