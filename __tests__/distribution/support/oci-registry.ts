import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";

/** What is asked for by its digest. */
interface Content {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A repository in a registry of OCI. */
export interface OciRepository {
  /** `acme/remotion-lambda` */
  readonly name: string;
  /** Tag → the archive that lies under it from the start. */
  readonly archives: ReadonlyMap<string, Uint8Array>;
}

/**
 * A registry of OCI that is pulled from and pushed to, with archives as
 * `oras push --artifact-type application/vnd.opentofu.modulepkg HOST/NAME:TAG FILE.zip:archive/zip` leaves them.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints
 * @see https://opentofu.org/docs/cli/oci_registries/module-package/
 */
export function ociRegistry({ name, archives }: OciRepository): RequestListener {
  const contents = new Map<string, Content>();
  const tags = new Map<string, string>();
  for (const [tag, archive] of archives) {
    const layer = keep(contents, "archive/zip", archive);
    const config = keep(contents, "application/vnd.oci.empty.v1+json", Buffer.from("{}"));
    const manifest = {
      schemaVersion: 2,
      mediaType: MANIFEST,
      artifactType: "application/vnd.opentofu.modulepkg",
      config,
      layers: [layer],
    };
    const { digest } = keep(contents, MANIFEST, Buffer.from(JSON.stringify(manifest)));
    tags.set(tag, digest);
  }

  const push: RequestListener = async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "https://host");
    if (pathname === `/v2/${name}/blobs/uploads/`) {
      response.writeHead(202, { Location: `/v2/${name}/blobs/uploads/one` }).end();
      return;
    }
    const bytes = await buffer(request);
    const [, tag] = new RegExp(`^/v2/${name}/manifests/([^/]+)$`).exec(pathname) ?? [];
    const mediaType = request.headers["content-type"] ?? "application/octet-stream";
    const { digest } = keep(contents, mediaType, bytes);
    if (tag !== undefined) {
      tags.set(tag, digest);
    }
    response.writeHead(201, { "Docker-Content-Digest": digest, Location: pathname }).end();
  };

  return (request, response) => {
    if (request.method === "POST" || request.method === "PUT") {
      push(request, response);
      return;
    }
    const { pathname } = new URL(request.url ?? "/", "https://host");
    const [, reference = ""] =
      new RegExp(`^/v2/${name}/(?:manifests|blobs)/([^/]+)$`).exec(pathname) ?? [];
    const digest = tags.get(reference) ?? reference;
    const content = contents.get(digest);
    if (pathname === "/v2/") {
      response.writeHead(200).end();
    } else if (content === undefined) {
      response.writeHead(404).end();
    } else {
      response.writeHead(200, {
        "Content-Type": content.mediaType,
        "Content-Length": content.bytes.length,
        "Docker-Content-Digest": digest,
      });
      response.end(request.method === "HEAD" ? undefined : content.bytes);
    }
  };
}

/** @returns how a manifest names it */
function keep(contents: Map<string, Content>, mediaType: string, bytes: Uint8Array) {
  const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  contents.set(digest, { mediaType, bytes });
  return { mediaType, digest, size: bytes.length };
}
