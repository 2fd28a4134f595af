import { startProvider } from "../../support/aws.js";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy.js";
import { IamApi } from "../../support/iam-api.js";
import { awsEnvironment, type Moto, startMoto } from "../../support/moto.js";

/** The AWS mock behind a proxy that injects faults, and the AWS provider that meets them. */
export interface FaultyAws {
  readonly moto: Moto;
  /** Past the proxy. */
  readonly iam: IamApi;
  readonly proxy: FaultProxy;
  readonly environment: Record<string, string>;
  readonly stop: () => Promise<void>;
}

/** Starts all of it, without faults. */
export async function startFaultyAws(): Promise<FaultyAws> {
  const moto = await startMoto();
  const proxy = await startFaultProxy(moto.url);
  const provider = await startProvider(awsEnvironment(proxy.url));
  return {
    moto,
    iam: new IamApi(moto.url),
    proxy,
    environment: { ...awsEnvironment(proxy.url), ...provider.environment },
    stop: async () => {
      await provider.stop();
      await proxy.stop();
      await moto.stop();
    },
  };
}
