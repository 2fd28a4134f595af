import { createHash } from "node:crypto";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import type { BundledPackage } from "../build/licences.js";
import { SUCCESSORS } from "../cdk-terrain/packages.js";
import { notLocked } from "./errors.js";

/** What `package.json` says of the package that is published. */
export interface PublishedManifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** What `package-lock.json` says of the packages that are installed. */
export interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly version?: string; readonly integrity?: string; readonly license?: string }
    >
  >;
}

/** The packages of CDK Terrain, of which those of CDKTF are installed here. */
const SUCCESSORS_LOCKED: Lock["packages"] = Object.fromEntries(
  SUCCESSORS.map(({ to, version, integrity, license }) => [
    `node_modules/${to}`,
    { version, integrity, license },
  ]),
);

/**
 * The bill of materials of the npm package, in CycloneDX: what is bundled in it, as required, and its peers, as
 * optional, in the versions that it is tested with. It has no time, and the number of what it says, so that the same
 * package has the same bill.
 *
 * @throws when a package is not in the lock file
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function sbomOf(
  manifest: PublishedManifest,
  bundled: readonly BundledPackage[],
  { packages }: Lock,
): string {
  const { name, version, license, description, peerDependencies } = manifest;
  const lock: Lock = { packages: { ...SUCCESSORS_LOCKED, ...packages } };
  const bom = new Models.Bom({
    metadata: new Models.Metadata({
      component: new Models.Component(Enums.ComponentType.Application, name, {
        version,
        description,
        bomRef: purlOf(name, version),
        purl: purlOf(name, version),
        licenses: new Models.LicenseRepository([new Models.SpdxLicense(license)]),
      }),
    }),
    components: new Models.ComponentRepository([
      ...bundled.map(({ name: packageName, version: packageVersion }) =>
        componentOf(packageName, packageVersion, lock, { scope: Enums.ComponentScope.Required }),
      ),
      ...Object.entries(peerDependencies).map(([peer, range]) => {
        const installed = lock.packages[`node_modules/${peer}`]?.version ?? "";
        return componentOf(peer, installed, lock, {
          scope: Enums.ComponentScope.Optional,
          properties: new Models.PropertyRepository([
            new Models.Property("remotion-lambda-terraform:peer-range", range),
          ]),
        });
      }),
    ]),
  });
  const own = bom.metadata.component;
  for (const component of bom.components) {
    own?.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  );
  const write = () => serializer.serialize(bom, { sortLists: true, space: 2 });
  bom.serialNumber = `urn:uuid:${uuidOf(write())}`;
  return `${write()}\n`;
}

function componentOf(
  name: string,
  version: string,
  { packages }: Lock,
  more: { scope: Enums.ComponentScope; properties?: Models.PropertyRepository },
): Models.Component {
  const locked = Object.entries(packages).find(
    ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
  )?.[1];
  if (locked?.integrity === undefined || locked.license === undefined) {
    throw notLocked(name, version);
  }
  const [scope, plain = ""] = name.startsWith("@") ? name.split("/") : [undefined, name];
  const [, digest = ""] = locked.integrity.split("sha512-");
  return new Models.Component(Enums.ComponentType.Library, plain, {
    group: scope,
    version,
    bomRef: purlOf(name, version),
    purl: purlOf(name, version),
    licenses: new Models.LicenseRepository([new Models.SpdxLicense(locked.license)]),
    hashes: new Models.HashDictionary([
      [Enums.HashAlgorithm["SHA-512"], Buffer.from(digest, "base64").toString("hex")],
    ]),
    ...more,
  });
}

/** @see https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** The namespace of names that are URLs. */
const URLS = Buffer.from("6ba7b8119dad11d180b400c04fd430c8", "hex");

/** A UUID of a text: version 5. @see https://www.rfc-editor.org/rfc/rfc4122#section-4.3 */
function uuidOf(text: string): string {
  const bytes = createHash("sha1").update(URLS).update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
