import { spawn } from "node:child_process";
import type { RequestListener } from "node:http";

/**
 * Answers for the bare repositories in a folder as a host of git does, by git's own program: `/OWNER/NAME.git` is the
 * folder of that path.
 *
 * @see https://git-scm.com/docs/git-http-backend
 */
export function gitHost(root: string): RequestListener {
  return (request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "https://host");
    const { headers } = request;
    const child = spawn("git", ["http-backend"], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: headers["content-type"] ?? "",
        HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
        GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
      },
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.stdin.on("error", () => {});
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("close", () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf("\r\n\r\n");
      const fields = answer
        .subarray(0, end)
        .toString("latin1")
        .split("\r\n")
        .map((line): [string, string] => [
          line.slice(0, line.indexOf(":")),
          line.slice(line.indexOf(":") + 1).trim(),
        ]);
      const status = fields.find(([name]) => name === "Status")?.[1] ?? "200";
      for (const [name, value] of fields.filter(([field]) => field !== "Status")) {
        response.setHeader(name, value);
      }
      response.writeHead(Number.parseInt(status, 10)).end(answer.subarray(end + 4));
    });
  };
}
