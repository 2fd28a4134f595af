import { BUCKET, OUTPUT_BUCKET, REGION, SITE } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { bundleFolder, withBucket, withPage, withSite } from "../support/situations.js";
import type { World } from "../support/world.js";

const MEGABYTE = 1024 * 1024;
// Files are uploaded in parts from 40 MB on.
const LARGE_FILE = 41 * MEGABYTE;

function deployBundle(options: Record<string, unknown> = {}, assetBytes?: number) {
  return async (world: World) =>
    world.remotion.call("deploySiteFromBundle", {
      region: REGION,
      bucketName: BUCKET,
      siteName: SITE,
      bundleDir: await bundleFolder(world, assetBytes),
      ...options,
    });
}

const DEPLOY = { api: "deploySite", situation: "any" } as const;
const DEPLOY_BUNDLE = { api: "deploySiteFromBundle", situation: "any" } as const;
const GET = { api: "getSites", situation: "any" } as const;
const DELETE = { api: "deleteSite", situation: "any" } as const;

/** Deploying, listing and deleting sites. */
export const SITE_SCENARIOS: readonly Scenario[] = [
  {
    ...DEPLOY,
    variant: "new site",
    prepare: withBucket,
    run: ({ remotion }) =>
      remotion.call("deploySite", { region: REGION, bucketName: BUCKET, entryPoint: "any.ts" }),
  },
  {
    ...DEPLOY,
    variant: "over an old one, no ACL",
    prepare: withSite,
    run: ({ remotion }) =>
      remotion.call("deploySite", {
        region: REGION,
        bucketName: BUCKET,
        entryPoint: "any.ts",
        siteName: SITE,
        privacy: "no-acl",
      }),
  },
  { ...DEPLOY_BUNDLE, variant: "new site", prepare: withBucket, run: deployBundle() },
  {
    ...DEPLOY_BUNDLE,
    variant: "no ACL",
    prepare: withBucket,
    run: deployBundle({ privacy: "no-acl" }),
  },
  { ...DEPLOY_BUNDLE, variant: "over an old one", prepare: withSite, run: deployBundle() },
  {
    ...DEPLOY_BUNDLE,
    variant: "with a large file",
    prepare: withBucket,
    run: deployBundle({}, LARGE_FILE),
  },
  {
    ...DEPLOY_BUNDLE,
    variant: "with a large file, a part of it refused",
    prepare: withBucket,
    run: (world) => {
      world.refuse = ({ query }) => query.has("partNumber");
      return deployBundle({}, LARGE_FILE)(world);
    },
    fails: "s3:PutObject",
  },
  {
    ...GET,
    variant: "one site",
    prepare: withSite,
    run: ({ remotion }) => remotion.call("getSites", { region: REGION }),
  },
  {
    ...GET,
    variant: "bucket named without its region",
    prepare: ({ seed }) => seed.bucket("remotionlambda-shared", REGION),
    run: ({ remotion }) => remotion.call("getSites", { region: REGION }),
  },
  {
    ...GET,
    variant: "no bucket",
    run: ({ remotion }) => remotion.call("getSites", { region: REGION }),
  },
  {
    ...GET,
    variant: "in a bucket of one's own",
    prepare: async (world) => {
      await world.seed.bucket(OUTPUT_BUCKET, REGION);
      await withPage(world, OUTPUT_BUCKET);
    },
    run: ({ remotion }) =>
      remotion.call("getSites", { region: REGION, forceBucketName: OUTPUT_BUCKET }),
  },
  {
    ...GET,
    variant: "site without a page",
    prepare: async (world) => {
      await withBucket(world);
      await world.seed.object(BUCKET, `sites/${SITE}/bundle.js`, "// bundle");
    },
    run: ({ remotion }) => remotion.call("getSites", { region: REGION }),
  },
  {
    ...DELETE,
    variant: "plain",
    prepare: withSite,
    run: ({ remotion }) =>
      remotion.call("deleteSite", { region: REGION, bucketName: BUCKET, siteName: SITE }),
  },
  {
    ...DELETE,
    variant: "not there",
    prepare: withBucket,
    run: ({ remotion }) =>
      remotion.call("deleteSite", { region: REGION, bucketName: BUCKET, siteName: SITE }),
  },
];
