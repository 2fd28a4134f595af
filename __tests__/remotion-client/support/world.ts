import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Moto, startMoto } from "../../support/moto.js";
import { type AwsAnswer, accessDenied } from "./aws-answer.js";
import type { AwsRequest } from "./aws-request.js";
import { CALLER_KEY, callerEnvironment, enterEnvironment } from "./caller-environment.js";
import type { Denial } from "./denial.js";
import { type CallerName, identityAnswer } from "./fake-identity.js";
import { FakeLambda } from "./fake-lambda.js";
import { serviceQuotasAnswer } from "./fake-service-quotas.js";
import { forward } from "./forward.js";
import { FunctionRoutines } from "./function-routines.js";
import { MotoSeed } from "./moto-seed.js";
import { RecordingEndpoint } from "./recording-endpoint.js";
import { RemotionCommands } from "./remotion-commands.js";
import { RemotionExports } from "./remotion-exports.js";
import { REGION } from "./render-fixture.js";
import { RenderFunction } from "./render-function.js";
import { requestPermissions } from "./request-permissions.js";

/** All that a scenario acts on: Remotion's client, and the AWS that it sees. */
export interface World {
  readonly remotion: RemotionExports;
  readonly commands: RemotionCommands;
  readonly endpoint: RecordingEndpoint;
  readonly endpointUrl: string;
  readonly seed: MotoSeed;
  readonly lambda: FakeLambda;
  /** The function that renders. */
  readonly render: RenderFunction;
  /** What that function runs. */
  readonly routines: FunctionRoutines;
  /** Name that Remotion gives to that function. */
  readonly functionName: string;
  /** A folder of its own, for files. */
  readonly folder: string;
  /** Whom the caller's key belongs to. */
  caller: CallerName;
  /** Whether a request is refused for want of a permission: part of what a scenario is about. */
  refuse: (request: AwsRequest) => boolean;
  /** The permission that the caller lacks, if any. Nothing of what is prepared asks for it. */
  deny: Denial;
  /** Takes all back to an account in which nothing is deployed. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const USER: CallerName = "user/remotion-user";

/**
 * Makes the world, and points Remotion's client in this process at it.
 *
 * @param packages a folder whose `node_modules` holds Remotion's packages
 */
export async function openWorld(packages: string, version: string): Promise<World> {
  const moto = await startMoto();
  try {
    return await openWorldOn(moto, packages, version);
  } catch (error) {
    await moto.stop();
    throw error;
  }
}

async function openWorldOn(moto: Moto, packages: string, version: string): Promise<World> {
  const seed = new MotoSeed(moto.url);
  const render = new RenderFunction(version);
  const lambda = new FakeLambda(render);
  const endpoint = new RecordingEndpoint({
    callerKey: CALLER_KEY,
    answer: (request) =>
      permittedAnswer(request, world, () => awsAnswer(request, lambda, world.caller, moto.url)),
  });
  const endpointUrl = await endpoint.open();

  const environment = callerEnvironment(process.env, endpointUrl);
  const leaveEnvironment = enterEnvironment(environment);
  createRequire(import.meta.url)("./no-outside-network.cjs");

  const remotion = new RemotionExports(packages);
  const folder = await mkdtemp(join(tmpdir(), "remotion-client-"));
  const functionSize = { memorySizeInMb: 2048, diskSizeInMb: 2048, timeoutInSeconds: 120 };
  const functionName = String(await remotion.call("speculateFunctionName", functionSize));

  const world: World = {
    remotion,
    commands: new RemotionCommands(packages, { ...environment, REMOTION_AWS_REGION: REGION }),
    endpoint,
    endpointUrl,
    seed,
    lambda,
    render,
    routines: new FunctionRoutines(packages, folder, functionName),
    functionName,
    folder,
    caller: USER,
    refuse: () => false,
    deny: () => undefined,
    async reset() {
      world.caller = USER;
      world.refuse = () => false;
      world.deny = () => undefined;
      lambda.reset();
      render.progress = null;
      render.onStatus = () => undefined;
      render.received = [];
      await seed.reset();
    },
    async close() {
      leaveEnvironment();
      await endpoint.close();
      await moto.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** AWS' answer to a request, which it refuses where a permission is lacking. */
async function permittedAnswer(
  request: AwsRequest,
  { refuse, deny }: Pick<World, "refuse" | "deny">,
  answer: () => Promise<AwsAnswer>,
): Promise<AwsAnswer> {
  const { service, accessKeyId } = request.signature;
  // Another provider's policies are not of interest.
  if (accessKeyId !== CALLER_KEY) return await answer();
  const lacking = refuse(request) ? requestPermissions(request, 200)[0] : deny(request, 200);
  if (lacking !== undefined) return accessDenied(service, lacking);
  const given = await answer();
  // Whether an object is missing is told only to a caller who may list the bucket.
  const lackingToo = deny(request, given.status);
  return lackingToo === undefined ? given : accessDenied(service, lackingToo);
}

async function awsAnswer(
  request: AwsRequest,
  lambda: FakeLambda,
  caller: CallerName,
  motoUrl: string,
): Promise<AwsAnswer> {
  switch (request.signature.service) {
    case "lambda":
      return lambda.answer(request);
    case "servicequotas":
      return serviceQuotasAnswer(request);
    case "iam":
    case "sts":
      return identityAnswer(request, caller);
    default:
      return await forward(request, motoUrl);
  }
}
