import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Moto, startMoto } from "../../support/moto.js";
import type { AwsAnswer } from "./aws-answer.js";
import type { AwsRequest } from "./aws-request.js";
import { CALLER_KEY, callerEnvironment, enterEnvironment } from "./caller-environment.js";
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
  /** Answers a request in place of AWS, when it answers at all: to refuse it, for one. */
  intervene: (request: AwsRequest) => AwsAnswer | undefined;
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
    answer: async (request) =>
      world.intervene(request) ?? (await awsAnswer(request, lambda, world.caller, moto.url)),
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
    intervene: () => undefined,
    async reset() {
      world.caller = USER;
      world.intervene = () => undefined;
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
