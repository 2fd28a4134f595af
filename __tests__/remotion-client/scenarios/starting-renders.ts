import { BUCKET, REGION, SITE } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { withBucket } from "../support/situations.js";
import type { World } from "../support/world.js";

// The most that travels in the invocation itself, in characters. More goes through the bucket.
const MOST_FOR_MEDIA = 200_000 - 5_000 - 1_024;
const MOST_FOR_STILLS = 5_000_000 - 5_000 - 1_024;

/** Props that make `{"text":"…"}` of exactly so many characters. */
function props(characters: number): Record<string, unknown> {
  return { text: "x".repeat(characters - '{"text":""}'.length) };
}

const SMALLER = "smaller props";
// `envVariables` is counted too: `{}` is two characters.
const FITS = 2;

function call(api: string, most: number, extra: Record<string, unknown>): readonly Scenario[] {
  const run =
    (options: Record<string, unknown>) =>
    ({ remotion, functionName }: World) =>
      remotion.call(api, {
        region: REGION,
        functionName,
        serveUrl: SITE,
        composition: "my-video",
        envVariables: {},
        inputProps: {},
        ...extra,
        ...options,
      });
  const larger = `props over ${most.toLocaleString("en-US")} characters`;
  const large = { inputProps: props(most - FITS + 1) };
  return [
    { api, situation: SMALLER, variant: "small props", run: run({}) },
    {
      api,
      situation: SMALLER,
      variant: "the largest props that fit",
      run: run({ inputProps: props(most - FITS), forceBucketName: BUCKET }),
    },
    {
      api,
      situation: larger,
      variant: "bucket named",
      prepare: withBucket,
      run: run({ ...large, forceBucketName: BUCKET }),
    },
    {
      api,
      situation: larger,
      variant: "bucket found",
      prepare: withBucket,
      run: run(large),
    },
    {
      api,
      situation: larger,
      variant: "bucket found, named without its region",
      prepare: ({ seed }) => seed.bucket("remotionlambda-shared", REGION),
      run: run(large),
    },
    { api, situation: larger, variant: "bucket made", run: run(large) },
    {
      api,
      situation: larger,
      variant: "bucket named, no ACL asked for",
      prepare: withBucket,
      run: run({ ...large, forceBucketName: BUCKET, privacy: "no-acl" }),
    },
  ];
}

/** Starting renders and reading compositions: what passes props to the function. */
export const START_SCENARIOS: readonly Scenario[] = [
  ...call("renderMediaOnLambda", MOST_FOR_MEDIA, { codec: "h264" }),
  ...call("renderStillOnLambda", MOST_FOR_STILLS, { imageFormat: "png", privacy: "public" }),
  ...call("getCompositionsOnLambda", MOST_FOR_MEDIA, {}),
  {
    api: "renderStillOnLambda",
    situation: SMALLER,
    variant: "in China, where responses are not streamed",
    run: ({ remotion, functionName }) =>
      remotion.call("renderStillOnLambda", {
        region: "cn-north-1",
        functionName,
        serveUrl: SITE,
        composition: "my-video",
        inputProps: {},
        imageFormat: "png",
        privacy: "public",
      }),
  },
];
