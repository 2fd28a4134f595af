/** Remotion's version that the table of calls was recorded with. */
export const RECORDED_VERSION = "4.0.527";

/**
 * What is installed in place of a dependency of Remotion's packages, by package name.
 *
 * A plain install is 353 packages and 301 MB; with these it is about 150 and 70 MB. None of the
 * packages replaced calls AWS.
 */
const STAND_INS: Readonly<Record<string, string>> = {
  "@remotion/bundler": "bundler",
  "@remotion/media-utils": "empty",
  "@remotion/player": "empty",
  "@remotion/studio": "empty",
  "@remotion/studio-server": "studio-server",
  zod: "empty",
};

/** The part of a `package.json` that npm needs to install a folder. */
export interface PackagesManifest {
  readonly private: true;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

/** The `package.json` that installs Remotion Lambda's packages, and no more than runs them. */
export function packagesManifest(version: string): PackagesManifest {
  return {
    private: true,
    dependencies: {
      "@remotion/lambda": version,
      "@remotion/lambda-client": version,
      // Imported by @remotion/lambda but not among its dependencies: webpack brings it along.
      "mime-types": "2.1.34",
      // Peers, which are not installed by themselves here.
      react: "19.2.3",
      "react-dom": "file:stand-ins/empty",
    },
    overrides: Object.fromEntries(
      Object.entries(STAND_INS).map(([name, folder]) => [name, `file:stand-ins/${folder}`]),
    ),
  };
}
