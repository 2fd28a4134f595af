/** Region that everything happens in, unless a scenario says otherwise. */
export const REGION = "eu-central-1";
/** Remotion's bucket, named as Remotion names it. */
export const BUCKET = "remotionlambda-eucentral1-recording0";
/** A bucket of the user's own, for output. */
export const OUTPUT_BUCKET = "videos-of-a-user";
/** A site in Remotion's bucket. */
export const SITE = "my-site";
/** The render whose files are in the bucket. */
export const RENDER_ID = "render0id0";
/** Key of its progress. */
export const PROGRESS_KEY = `renders/${RENDER_ID}/progress.json`;
/** Key of its video, unless the render names another. */
export const VIDEO_KEY = `renders/${RENDER_ID}/out.mp4`;

const FRAMES = 10;

/** What is told apart about a render. */
export interface RenderState {
  /** Name of the function that renders. */
  readonly functionName: string;
  /** `closed` is done; `combined` has its video, but not its closing data yet. */
  readonly stage?: "started" | "combined" | "closed";
  /** Where the video goes, when not to Remotion's bucket. */
  readonly outName?: Readonly<Record<string, unknown>>;
  readonly type?: "video" | "still";
}

/** The content of `progress.json`, which Remotion's function writes while it renders. */
export function progressJson(state: RenderState): string {
  const { stage = "closed" } = state;
  const done = stage !== "started";
  // A render that began long ago counts as failed, if it has not ended.
  const began = Date.now();
  return JSON.stringify({
    cancellationEnabled: true,
    // One chunk, its picture and its sound.
    chunks: done ? [0, 0] : [],
    framesRendered: done ? FRAMES : 0,
    framesEncoded: done ? FRAMES : 0,
    combinedFrames: done ? FRAMES : 0,
    timeToCombine: done ? 1 : null,
    timeToEncode: done ? 1 : null,
    timeToRenderFrames: done ? 1 : null,
    lambdasInvoked: 1,
    retries: [],
    postRenderData: stage === "closed" ? closingData(began) : null,
    timings: [],
    renderMetadata: stage === "started" ? null : metadata(state, began),
    errors: [],
    fatalErrorTimestamp: null,
    timeoutTimestamp: began + 120_000,
    functionLaunched: began,
    serveUrlOpened: began,
    compositionValidated: began,
    receivedArtifact: [],
  });
}

function metadata(state: RenderState, began: number): Record<string, unknown> {
  const video = {
    type: "video",
    codec: "h264",
    imageFormat: "jpeg",
    muted: false,
    frameRange: [0, FRAMES - 1],
    everyNthFrame: 1,
  };
  const still = { type: "still", codec: null, imageFormat: "png" };
  return {
    ...(state.type === "still" ? still : video),
    siteId: SITE,
    startedDate: began,
    totalChunks: 1,
    estimatedTotalLambdaInvokations: 1,
    estimatedRenderLambdaInvokations: 1,
    compositionId: "my-video",
    audioCodec: null,
    inputProps: { type: "payload", payload: "{}" },
    framesPerLambda: FRAMES,
    memorySizeInMb: 2048,
    functionName: state.functionName,
    rendererFunctionName: state.functionName,
    lambdaVersion: "any",
    region: REGION,
    renderId: RENDER_ID,
    outName: state.outName,
    privacy: "public",
    deleteAfter: null,
    numberOfGifLoops: null,
    audioBitrate: null,
    downloadBehavior: { type: "play-in-browser" },
    metadata: null,
    dimensions: { width: 100, height: 100 },
    scale: 1,
  };
}

function closingData(began: number): Record<string, unknown> {
  return {
    cost: { estimatedCost: 0, estimatedDisplayCost: "$0", currency: "USD", disclaimer: "" },
    outputFile: `https://example.com/${VIDEO_KEY}`,
    outputSize: 5,
    renderSize: 5,
    timeToFinish: 1,
    timeToRenderFrames: 1,
    errors: [],
    startTime: began,
    endTime: began + 1,
    filesCleanedUp: 0,
    timeToEncode: 1,
    timeToCleanUp: 1,
    timeToRenderChunks: 1,
    retriesInfo: [],
    mostExpensiveFrameRanges: [],
    estimatedBillingDurationInMilliseconds: 1,
    deleteAfter: null,
    timeToCombine: 1,
    artifactProgress: [],
  };
}
