import type { RequestListener } from "node:http";

/** Files that are downloaded, as those of a release: path → content. */
export function fileHost(files: ReadonlyMap<string, Uint8Array>): RequestListener {
  return (request, response) => {
    const file = files.get(new URL(request.url ?? "/", "https://host").pathname);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": "application/octet-stream",
      "Content-Length": file.length,
    });
    response.end(request.method === "HEAD" ? undefined : file);
  };
}
