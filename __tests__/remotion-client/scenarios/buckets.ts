import { REGION } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { withBucket } from "../support/situations.js";
import type { World } from "../support/world.js";

function getOrCreate(options: Record<string, unknown> = {}) {
  return ({ remotion }: World) =>
    remotion.call("getOrCreateBucket", { region: REGION, ...options });
}

const NEW = { api: "getOrCreateBucket", situation: "no bucket yet" } as const;
const EXISTING = { api: "getOrCreateBucket", situation: "bucket already there" } as const;

/** Getting, making and setting up Remotion's bucket. */
export const BUCKET_SCENARIOS: readonly Scenario[] = [
  { ...NEW, variant: "plain", run: getOrCreate() },
  { ...NEW, variant: "with folder expiry", run: getOrCreate({ enableFolderExpiry: true }) },
  { ...NEW, variant: "without folder expiry", run: getOrCreate({ enableFolderExpiry: false }) },
  {
    ...NEW,
    variant: "bucket policy refused",
    run: (world) => {
      world.refuse = ({ query }) => query.has("policy");
      return getOrCreate()(world);
    },
  },
  { ...EXISTING, variant: "plain", prepare: withBucket, run: getOrCreate() },
  {
    ...EXISTING,
    variant: "with folder expiry",
    prepare: withBucket,
    run: getOrCreate({ enableFolderExpiry: true }),
  },
  {
    ...EXISTING,
    variant: "without folder expiry",
    prepare: withBucket,
    run: getOrCreate({ enableFolderExpiry: false }),
  },
  {
    ...EXISTING,
    variant: "named without its region",
    prepare: ({ seed }) => seed.bucket("remotionlambda-shared", REGION),
    run: getOrCreate(),
  },
];
