import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mirrorProvider } from "../../support/provider-mirror.js";
import { temporaryFolder } from "./folder.js";

/** A program `terraform` that installs a provider as the real one does, or fails as it does. */
const TERRAFORM = `#!/bin/sh
echo called >>"$CALLS"
[ -z "$FAILS" ] || { echo "no such host" >&2; exit 1; }
provider=.terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64
mkdir -p "$provider"
echo LICENSE >"$provider/LICENSE.txt"
echo program >"$provider/terraform-provider-aws_v5.100.0_x5"
`;

let cache = "";
let calls = "";
beforeEach(() => {
  const folder = temporaryFolder();
  cache = join(folder, "cache", "providers");
  calls = join(folder, "calls");
  writeFileSync(join(folder, "terraform"), TERRAFORM, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"]}`);
  vi.stubEnv("CALLS", calls);
  vi.stubEnv("TMPDIR", temporaryFolder());
  vi.stubEnv("TF_CLI_CONFIG_FILE", undefined);
  vi.stubEnv("TF_PLUGIN_CACHE_DIR", undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the AWS provider, where the user has settled nothing", () => {
  it("is installed once, and kept for later runs", () => {
    const first = mirrorProvider(cache);
    const second = mirrorProvider(cache);

    expect(readFileSync(first.program, "utf8")).toBe("program\n");
    expect(second.program).toBe(first.program);
    expect(readFileSync(second.configuration, "utf8")).toContain(`path = "${cache}"`);
    expect(timesCalled()).toBe(1);
  });

  it("leaves nothing behind where it cannot be installed", () => {
    vi.stubEnv("FAILS", "1");

    expect(() => mirrorProvider(cache)).toThrow("finds no AWS provider:\nno such host");
    expect(readdirSync(join(cache, ".."))).toEqual([]);
  });
});

describe("the AWS provider, where the user has settled", () => {
  it.each(["TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"])("%s", (variable) => {
    mkdirSync(cache, { recursive: true });
    vi.stubEnv(variable, temporaryFolder());

    const { program, configuration } = mirrorProvider(cache);

    expect(readFileSync(program, "utf8")).toBe("program\n");
    expect(readFileSync(configuration, "utf8")).not.toContain(cache);
    expect(timesCalled()).toBe(1);
  });

  it("a configuration that is not there", () => {
    vi.stubEnv("TF_CLI_CONFIG_FILE", join(temporaryFolder(), "none"));

    mirrorProvider(cache);

    expect(existsSync(cache)).toBe(true);
  });
});

function timesCalled(): number {
  return readFileSync(calls, "utf8").trimEnd().split("\n").length;
}
