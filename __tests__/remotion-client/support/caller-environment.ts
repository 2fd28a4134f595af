/** Access key that Remotion's client signs with. */
export const CALLER_KEY = "AKIARECORDEDCALLER00";

/** Access key of a storage provider other than AWS, which no IAM policy applies to. */
export const PROVIDER_KEY = "AKIAOTHERPROVIDER000";

/** Makes `environment` this process' own. Gives back what takes it away again. */
export function enterEnvironment(environment: Record<string, string>): () => void {
  const before = { ...process.env };
  const replace = (values: NodeJS.ProcessEnv) => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, values);
  };
  replace(environment);
  return () => replace(before);
}

/**
 * The environment in which Remotion's client talks to a local endpoint and to nothing else.
 *
 * @param environment the environment to start from; its own AWS settings are dropped
 */
export function callerEnvironment(
  environment: NodeJS.ProcessEnv,
  endpoint: string,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(AWS|REMOTION)_/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    // Under test, as vitest says it is, Remotion throws what it catches elsewhere.
    NODE_ENV: "production",
    AWS_ENDPOINT_URL: endpoint,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    REMOTION_AWS_ACCESS_KEY_ID: CALLER_KEY,
    REMOTION_AWS_SECRET_ACCESS_KEY: "none",
  };
}
