import { describe, expect, it } from "vitest";
import { stepEnvironment } from "../../../scripts/node-versions/environment.js";

describe("the environment of a step", () => {
  it.each([
    ["what npm run says of this repository", "npm_package_name"],
    ["the script that npm runs", "npm_lifecycle_event"],
    ["where npm is", "npm_execpath"],
    ["where this Node.js is", "npm_node_execpath"],
    ["the same, by its short name", "NODE"],
    ["whether scripts are to run, which is the clone's to say", "npm_config_ignore_scripts"],
    ["how much npm says", "npm_config_loglevel"],
    ["where npm was called", "INIT_CWD"],
    ["where CDKTF writes to", "CDKTF_OUTDIR"],
    ["the PATH", "PATH"],
    ["the PATH, as Windows spells it", "Path"],
  ])("has not %s: %s", (_what, name) => {
    expect(stepEnvironment({ [name]: "x" }, {})).toEqual({});
  });

  it.each([
    "HOME",
    "HTTPS_PROXY",
    "NODE_EXTRA_CA_CERTS",
    "npm_config_cache",
    "npm_config_registry",
    "TF_CLI_CONFIG_FILE",
  ])("has the user's own %s", (name) => {
    expect(stepEnvironment({ [name]: "x" }, {})).toEqual({ [name]: "x" });
  });

  it("has what is added, and that goes before", () => {
    expect(stepEnvironment({ A: "1", B: "1", Path: "/usr/bin" }, { B: "2", PATH: "/p" })).toEqual({
      A: "1",
      B: "2",
      PATH: "/p",
    });
  });
});
