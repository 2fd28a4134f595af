import { spawnSync } from "node:child_process";
import { cpus, loadavg, platform, release, totalmem } from "node:os";

/** The machine that figures are from, in one line. */
export function machine(): string {
  const all = cpus();
  const version = spawnSync("terraform", ["version", "-json"], { encoding: "utf8" });
  const terraform =
    version.status === 0 ? JSON.parse(version.stdout).terraform_version : "not there";
  return [
    `${all.length} × ${all[0]?.model ?? "unknown processor"}`,
    `${(totalmem() / 1e9).toFixed(0)} GB`,
    `${platform()} ${release()}`,
    `Node.js ${process.version.slice(1)}`,
    `Terraform ${terraform}`,
  ].join(", ");
}

/** How busy it is: processes that want a processor, on average over a minute, for each that there is. */
export function load(): number {
  const [minute = 0] = loadavg();
  return minute / cpus().length;
}
