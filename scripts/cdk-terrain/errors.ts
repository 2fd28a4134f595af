/** CDK Terrain cannot be tried: nothing was compared. */
export class TerrainUnavailableError extends Error {
  override readonly name = "TerrainUnavailableError";
}

/** A step fails before CDK Terrain has any part in it. */
export function failedBefore(step: string, reason: string): TerrainUnavailableError {
  return new TerrainUnavailableError(
    `Nothing was compared, because this failed with CDKTF already: ${step}. Make it work and run again.\n${reason}`,
  );
}

/** npm could not install CDK Terrain. */
export function notInstalled(packages: string, reason: string): TerrainUnavailableError {
  return new TerrainUnavailableError(
    `npm could not install ${packages} (${reason}): the registry must be reachable. Check the network, the proxy and \`npm config get registry\`, and run again.`,
  );
}
