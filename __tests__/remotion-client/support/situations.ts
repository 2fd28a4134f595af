import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RECORDED_VERSION } from "./packages-manifest.js";
import {
  BUCKET,
  OUTPUT_BUCKET,
  PROGRESS_KEY,
  progressJson,
  REGION,
  RENDER_ID,
  type RenderState,
  SITE,
  VIDEO_KEY,
} from "./render-fixture.js";
import type { World } from "./world.js";

/** The size of the function that every scenario deploys. */
export const FUNCTION_SIZE = {
  region: REGION,
  memorySizeInMb: 2048,
  diskSizeInMb: 2048,
  timeoutInSeconds: 120,
} as const;

/** Remotion's bucket is there. */
export async function withBucket({ seed }: World): Promise<void> {
  await seed.bucket(BUCKET, REGION);
}

/** Remotion's bucket is there, with a site in it. */
export async function withSite(world: World): Promise<void> {
  await withBucket(world);
  await withPage(world, BUCKET);
  await world.seed.object(BUCKET, `sites/${SITE}/old.js`, "// old");
}

/** The page of a site is in a bucket, and tells Remotion's version. */
export async function withPage({ seed }: World, bucket: string): Promise<void> {
  const page = `<script>window.remotion_version = '${RECORDED_VERSION}';</script>`;
  await seed.object(bucket, `sites/${SITE}/index.html`, page);
}

/** A function is deployed: of the usual size, unless `name` is another's. */
export async function withFunction(
  { lambda, functionName }: World,
  settings: { readonly name?: string; readonly layers?: readonly string[] } = {},
): Promise<void> {
  const { name = functionName, layers = [] } = settings;
  const { memorySizeInMb, diskSizeInMb, timeoutInSeconds } = FUNCTION_SIZE;
  const body = {
    FunctionName: name,
    // A function of another size is told by its memory.
    MemorySize: name === functionName ? memorySizeInMb : memorySizeInMb / 2,
    EphemeralStorage: { Size: diskSizeInMb },
    Timeout: timeoutInSeconds,
    Layers: layers,
  };
  lambda.create(body, REGION);
}

/** A render is in the bucket, as far as `state` says; the function tells the same of it. */
export async function withRender(
  world: World,
  state: Omit<RenderState, "functionName"> = {},
): Promise<void> {
  const { seed, functionName, remotion, render } = world;
  await withBucket(world);
  await seed.bucket(OUTPUT_BUCKET, REGION);
  await seed.object(BUCKET, PROGRESS_KEY, progressJson({ functionName, ...state }));
  const out = state.outName;
  const video =
    out === undefined ? [BUCKET, VIDEO_KEY] : [String(out["bucketName"]), String(out["key"])];
  await seed.object(video[0] ?? "", video[1] ?? "", "video");
  if (state.type !== "still") {
    // What the function would answer is what its client makes of the bucket by itself.
    render.progress = await remotion.call("getRenderProgress", {
      region: REGION,
      bucketName: BUCKET,
      renderId: RENDER_ID,
      functionName,
      skipLambdaInvocation: true,
    });
  }
}

/** Writes a bundle to deploy, with a file of `assetBytes` bytes, and gives its folder. */
export async function bundleFolder({ folder }: World, assetBytes = 10): Promise<string> {
  const publicPath = '<script>window.remotion_publicPath = "./";</script>';
  await writeFile(join(folder, "index.html"), publicPath);
  await writeFile(join(folder, "bundle.js"), "// bundle");
  await writeFile(join(folder, "asset.bin"), Buffer.alloc(assetBytes));
  return folder;
}
