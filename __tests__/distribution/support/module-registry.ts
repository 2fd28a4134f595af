import type { RequestListener } from "node:http";

/** The versions of one module in a registry, and where each is fetched from. */
export interface RegistryModule {
  /** `acme/remotion-lambda/aws` */
  readonly address: string;
  /** Version → the source that Terraform is sent to. */
  readonly downloads: ReadonlyMap<string, string>;
  /** What a caller has to prove itself by. @default nothing: the registry is public */
  readonly token?: string;
}

/**
 * A registry of modules: discovery, versions, and where a version is.
 *
 * @see https://developer.hashicorp.com/terraform/internals/module-registry-protocol
 */
export function moduleRegistry({ address, downloads, token }: RegistryModule): RequestListener {
  const versions = [...downloads.keys()].map((version) => ({ version }));
  const answers = new Map<string, unknown>([
    ["/.well-known/terraform.json", { "modules.v1": "/modules/" }],
    [`/modules/${address}/versions`, { modules: [{ versions }] }],
  ]);
  return (request, response) => {
    const path = request.url ?? "";
    const answer = answers.get(path);
    const [, version = ""] = new RegExp(`^/modules/${address}/([^/]+)/download$`).exec(path) ?? [];
    const source = downloads.get(version);
    const isAllowed = token === undefined || request.headers.authorization === `Bearer ${token}`;
    if (!isAllowed && !path.startsWith("/.well-known/")) {
      response.writeHead(401).end();
    } else if (source !== undefined) {
      response.writeHead(204, { "X-Terraform-Get": source }).end();
    } else if (answer !== undefined) {
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
    } else {
      response.writeHead(404).end();
    }
  };
}
