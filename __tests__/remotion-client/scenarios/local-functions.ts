import { createHmac } from "node:crypto";
import { BUCKET, REGION } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";
import { FUNCTION_SIZE } from "../support/situations.js";

const WEBHOOK = { secret: "secret", onSuccess: () => undefined };
const WEBHOOK_BODY = { renderId: "any", bucketName: BUCKET };

const INPUTS: Readonly<Record<string, unknown>> = {
  appRouterWebhook: WEBHOOK,
  estimatePrice: { ...FUNCTION_SIZE, durationInMilliseconds: 1000, lambdasInvoked: 1 },
  expressWebhook: WEBHOOK,
  getAwsClient: { region: REGION, service: "s3" },
  getRegions: {},
  getRolePolicy: {},
  getUserPolicy: {},
  pagesRouterWebhook: WEBHOOK,
  speculateFunctionName: FUNCTION_SIZE,
  validateWebhookSignature: {
    secret: WEBHOOK.secret,
    body: WEBHOOK_BODY,
    signatureHeader: `sha512=${createHmac("sha512", WEBHOOK.secret)
      .update(JSON.stringify(WEBHOOK_BODY))
      .digest("hex")}`,
  },
};

/** Functions that work without AWS. They are called all the same: to see that they do. */
export const LOCAL_SCENARIOS: readonly Scenario[] = Object.entries(INPUTS).map(([api, input]) => ({
  api,
  situation: "any",
  variant: "plain",
  run: ({ remotion }) => remotion.call(api, input),
}));
