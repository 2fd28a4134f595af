import type { FunctionAnswers } from "./fake-lambda.js";
import { BUCKET, RENDER_ID, VIDEO_KEY } from "./render-fixture.js";

/** What Remotion's function answers, as far as its client looks at it. */
export class RenderFunction implements FunctionAnswers {
  readonly #version: string;
  /** What it says of a render's progress. */
  progress: unknown = null;
  /** Called whenever progress is asked for. */
  onStatus: () => void = () => undefined;
  /** The payloads that it was invoked with. */
  received: Record<string, unknown>[] = [];

  /** @param version Remotion's version, which the function has to agree with its client on */
  constructor(version: string) {
    this.#version = version;
  }

  sync(payload: Record<string, unknown>): unknown {
    this.received.push(payload);
    switch (payload["type"]) {
      case "info":
        return { type: "success", version: this.#version };
      case "start":
        return { type: "success", bucketName: BUCKET, renderId: RENDER_ID };
      case "launch":
        return {};
      case "status":
        this.onStatus();
        return this.progress;
      case "compositions":
        return { type: "success", compositions: [COMPOSITION] };
      case "still":
        return { type: "success", ...STILL };
      default:
        throw new Error(`No answer of the function is known for "${payload["type"]}": add it.`);
    }
  }

  streamed(payload: Record<string, unknown>): Uint8Array {
    this.received.push(payload);
    if (payload["type"] !== "still") {
      throw new Error(`No streamed answer is known for "${payload["type"]}": add it.`);
    }
    return streamMessage(STILL_RENDERED, STILL);
  }
}

const STILL = {
  output: `https://example.com/${VIDEO_KEY}`,
  outKey: VIDEO_KEY,
  size: 5,
  sizeInBytes: 5,
  bucketName: BUCKET,
  renderId: RENDER_ID,
  estimatedPrice: { accruedSoFar: 0, displayCost: "$0", currency: "USD", disclaimer: "" },
  receivedArtifacts: [],
};

/** The only composition of the site. */
export const COMPOSITION = {
  id: "my-video",
  width: 100,
  height: 100,
  fps: 30,
  durationInFrames: 10,
  defaultProps: {},
  props: {},
  defaultCodec: null,
};

const STILL_RENDERED = "6";

// Remotion's own framing inside the streamed response: type of message, length, status, body.
function streamMessage(type: string, payload: unknown): Uint8Array {
  const body = Buffer.from(JSON.stringify(payload));
  return Buffer.concat([Buffer.from(`remotion_buffer:${type}:${body.length}:0:`), body]);
}
