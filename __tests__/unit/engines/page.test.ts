import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Engine } from "../../../scripts/engines/engines.js";
import { enginesPage } from "../../../scripts/engines/page.js";
import type { Played } from "../../../scripts/engines/play-folder.js";
import { REPOSITORY } from "../support/source-files.js";

const PROVIDER = "/mirror/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5";

const NEW: Engine = { product: "tofu", version: "1.12.6", program: "tofu" };
const OLD: Engine = { product: "terraform", version: "1.5.7", program: "terraform-1.5" };

const played = (engine: Engine, path: string, test: string, failure?: string): Played => ({
  engine,
  path,
  steps: { init: "ok", validate: "ok", test, plan: failure === undefined ? "3 to add" : "FAILED" },
  ...(failure === undefined ? {} : { failure }),
});

describe("the page of engines", () => {
  it("counts what was planned, what passed and what failed, with each", () => {
    const page = enginesPage(
      [
        played(OLD, "modules/remotion-user", "–"),
        played(OLD, "modules/json/remotion-user", "–", "Error: no"),
        played(NEW, "modules/remotion-user", "81 passed"),
        played(NEW, "modules/json/remotion-user", "80 passed"),
        played(NEW, "examples/separate-modules", "4 passed"),
      ],
      PROVIDER,
    );

    expect(page).toContain("with AWS provider 5.100.0.");
    expect(page).toContain("| Terraform 1.5.7 | 1 | – | 0 | 1 |");
    expect(page).toContain("| OpenTofu 1.12.6 | 2 | 161 | 1 | 0 |");
  });

  it("is of a provider whose version is told", () => {
    expect(() => enginesPage([], "/bin/provider")).toThrow("does not say which version");
  });

  it("has a row for each engine that the workflow takes, and nothing that failed", () => {
    const workflow = parse(
      readFileSync(join(REPOSITORY, ".github", "workflows", "engines.yml"), "utf8"),
    ) as {
      jobs: {
        modules: { strategy: { matrix: { include: { engine: string; version: string }[] } } };
      };
    };
    const wanted = workflow.jobs.modules.strategy.matrix.include.map(
      ({ engine, version }) => `${engine === "tofu" ? "OpenTofu" : "Terraform"} ${version}`,
    );
    const page = readFileSync(join(REPOSITORY, "docs", "ENGINES.md"), "utf8");
    const rows = [...page.matchAll(/^\| ((?:Terraform|OpenTofu) \d+\.\d+)\..* (\d+) \|$/gm)];

    expect(rows.map(([, engine]) => engine).sort()).toEqual(wanted.sort());
    expect(rows.filter(([, , failed]) => failed !== "0")).toEqual([]);
  });
});
