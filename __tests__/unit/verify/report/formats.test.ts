import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with {
  type: "json",
};
import draft4 from "ajv-draft-04";
import formats from "ajv-formats";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { readPrincipals } from "../../../../lib/reading/read-principals.js";
import { rolePolicy, userPolicy } from "../../../../lib/remotion/policies.js";
import { Accepted } from "../../../../lib/verify/accepted.js";
import { outcomeOf } from "../../../../lib/verify/outcome.js";
import { FORMATS, type Format } from "../../../../lib/verify/report/formats.js";
import { writeReport } from "../../../../lib/verify/report/write-report.js";
import { verifyReading } from "../../../../lib/verify/verify-reading.js";
import { temporaryFolder } from "../../support/folder.js";
import { options as verifyOptions } from "../support.js";
import { unlikeRoles, verifyIn, withoutStatements } from "./support.js";

const verify = verifyIn("formats-");

/** What a file may hold where a name, an address or an ARN is expected. */
const HOSTILE: Readonly<Record<string, string>> = {
  "a colour": "\u001b[31mred\u001b[0m",
  "a title of the terminal": "\u001b]0;pwned\u0007",
  "a control character of eight bits": "\u009b31mred",
  "a line break": "first\nsecond",
  "carriage returns": "first\r\n::error::second\rthird",
  "separators of lines": "first\u2028::error::second\u2029third\u0085fourth",
  "changes of direction": "\u202eevil\u2066\u061c\u200f",
  "letters without width": "re\u200bmo\u00adtion\u2060\ufeff",
  "invisible letters": "name\u{e0041}\u{e0042}",
  "half a character": "\ud800name\udc00",
  "what XML has not": "name\ufffe\u0001\u0000",
  HTML: '<script>alert("1")</script><img src=x onerror=alert(1)>',
  "a comment of HTML": "--><h1>big</h1><!--",
  "the mark of the comment": "<!-- remotion-lambda-terraform verify -->",
  entities: "&lt;b&gt; &#27; &amp;",
  "a link": "[click](https://evil.example/x) <https://evil.example>",
  "an image": "![x](https://evil.example/x.png)",
  "a link without brackets": "https://evil.example www.evil.example a@evil.example",
  mentions: "@octocat #1 GH-1 octocat/hello#1",
  "a cell of a table": "name | more | cells |",
  "an escaped cell": "name \\| more \\",
  backticks: "`code` ``more`` ```",
  "a heading": "# heading",
  emphasis: "**bold** _x_ ~~y~~",
  "a command of a pipeline": "::error file=a::owned",
  "a command behind spaces": " \u00a0 ::set-output name=a::b",
  "a command in a line": "name ##[error]owned ##vso[task.setvariable variable=a]b",
  "the end of a section of XML": "]]></failure></testcase><testcase/>",
  quotes: `"'\\"`,
  "a placeholder of SARIF": "{0} {x} [y](1)",
  "patterns of a replacement": "$& $1 $$",
  "a very long name": "some-name ".repeat(10_000),
};

/** What is as little of a Sid as those are, and harmless. */
const BENIGN = "some-name 1";

/**
 * A state where a text stands wherever a file can have one: the name and address of a user and a role, the names of
 * policies, a Sid, actions, resources, who is trusted, and a boundary that is not in the file.
 */
function stateWith(text: string): unknown {
  const key = JSON.stringify(text);
  const resource = (type: string, values: object) => ({
    address: `module.m[${key}].${type}.x`,
    mode: "managed",
    type,
    name: "x",
    values,
  });
  const user = withoutStatements(userPolicy(), "HandleQuotas", "BucketListing");
  return {
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: {
      root_module: {
        child_modules: [
          {
            address: `module.m[${key}]`,
            resources: [
              resource("aws_iam_user", {
                name: `remotion-user-${text}`,
                path: "/",
                permissions_boundary: `arn:aws:iam::123456789012:policy/${text}`,
              }),
              resource("aws_iam_user_policy", {
                name: text,
                user: `remotion-user-${text}`,
                policy: JSON.stringify({
                  ...user,
                  Statement: [
                    ...user.Statement,
                    { Effect: "Allow", Action: "sqs:*", Resource: `arn:aws:sqs:::${text}` },
                  ],
                }),
              }),
              resource("aws_iam_policy", {
                name: text,
                path: "/",
                policy: JSON.stringify({
                  Version: "2012-10-17",
                  Statement: [
                    { Sid: text, Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" },
                    { Effect: "Allow", Action: `sqs:${text}`, Resource: "*" },
                  ],
                }),
              }),
              resource("aws_iam_role", {
                name: `remotion-lambda-role-${text}`,
                path: "/",
                assume_role_policy: JSON.stringify({
                  Version: "2012-10-17",
                  Statement: {
                    Effect: "Allow",
                    Action: "sts:AssumeRole",
                    Principal: { Service: `${text}.amazonaws.com` },
                  },
                }),
              }),
              resource("aws_iam_role_policy", {
                name: text,
                role: `remotion-lambda-role-${text}`,
                policy: JSON.stringify(rolePolicy()),
              }),
              resource("aws_iam_role", {
                name: text,
                path: "/",
                assume_role_policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
              }),
            ],
          },
        ],
      },
    },
  };
}

/** What nobody obeys: no control or format characters but line breaks, and no command of a pipeline. */
function expectHarmless(written: string): void {
  expect(written).not.toMatch(/[^\P{C}\n]/u);
  expect(written).not.toMatch(/[\u2028\u2029]/);
  expect(written).not.toMatch(/^\s*::/m);
  expect(written).not.toMatch(/##\[|##vso\[/);
}

/** What is made of a text by whoever shows the format: what of it is structure, without any text. */
const SKELETONS: Readonly<Record<Format, ((written: string) => unknown) | undefined>> = {
  text: undefined,
  json: undefined,
  markdown: (written) => tagsOf(htmlOf(written)),
  html: (written) => tagsOf(written),
  sarif: undefined,
  junit: (written) => tagsOf(written),
};

// One pattern of the schema is none of Unicode mode.
const ajv = new draft4.default({ strict: false, allErrors: true, unicodeRegExp: false });
const validSarif = formats.default(ajv).compile(sarifSchema);

/** Holds reports against the schema of their format. */
const VALIDATORS: Readonly<Record<string, (reports: readonly string[]) => Promise<void>>> = {
  sarif: async (reports) => {
    for (const report of reports) {
      expect(validSarif(JSON.parse(report)), JSON.stringify(validSarif.errors)).toBe(true);
    }
  },
  junit: async (reports) => {
    const schema = readFileSync(join(import.meta.dirname, "schemas", "junit.xsd"), "utf8");
    const xml = reports.map((contents, number) => ({ fileName: `report-${number}.xml`, contents }));
    expect(await validateXML({ xml, schema })).toMatchObject({ valid: true, errors: [] });
  },
};

function htmlOf(markdown: string): string {
  return micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
}

function tagsOf(markup: string): readonly string[] {
  return Array.from(markup.matchAll(/<[/?!]*([\w-]*)/g), ([tag]) => tag);
}

/** A report on a state with a text in it, everything asked for that can be. */
const REPORTS = new Map<string, (format: Format) => string>();

function reportOn(text: string): (format: Format) => string {
  const known = REPORTS.get(text);
  if (known !== undefined) {
    return known;
  }
  const reading = readPrincipals(JSON.stringify(stateWith(text)));
  const options = verifyOptions({ forbid: ["sqs:*"], excessFails: true, tellsShares: true });
  const verified = verifyReading(reading, options);
  const strictness = { excess: true, tolerated: true, allowUntold: false };
  const accepted = new Accepted(
    [{ action: "sqs:*", resource: "none", reason: text, until: "2999-01-01" }],
    "2026-11-28",
  );
  const outcome = outcomeOf(verified, strictness, accepted);
  expect(outcome.exitCode).toBe(1);
  const report = (format: Format) =>
    writeReport(format, {
      file: text,
      reading: verified,
      outcome,
      strictness,
      accepted,
      version: "0.0.0",
    });
  REPORTS.set(text, report);
  return report;
}

describe.each(FORMATS)("the report in the format %s", (format) => {
  it.each(Object.entries(HOSTILE))(
    "lets nothing of a file through raw: %s",
    async (_name, text) => {
      const written = reportOn(text)(format);
      expect(written.length).toBeGreaterThan(100);
      expectHarmless(written);
      const skeleton = SKELETONS[format];
      if (skeleton !== undefined) {
        expect(skeleton(written)).toEqual(skeleton(reportOn(BENIGN)(format)));
      }
    },
  );
});

describe.each(Object.entries(VALIDATORS))("the report in the format %s", (format, expectValid) => {
  it("is valid, whatever the file holds", async () => {
    const many = await verify(unlikeRoles(20), "--format", format);
    const fine = await verify(userPolicy(), "--format", format);
    const hostile = Object.values(HOSTILE).map((text) => reportOn(text)(format as Format));
    await expectValid([many.results, fine.results, ...hostile]);
  });

  it("is refused by its schema where it is another one", async () => {
    const other = format === "junit" ? "<testsuites><testcase/></testsuites>" : '{"runs":[]}';
    await expect(expectValid([other])).rejects.toThrow();
  });
});

describe("what verify says beside its report", () => {
  it.each(Object.entries(HOSTILE))(
    "lets nothing of a file through raw: %s",
    async (_name, text) => {
      const { exitCode, results, notes } = await verify(stateWith(text), "--forbid", "sqs:*");
      expect(exitCode, notes).toBe(1);
      expect(notes).toContain("(--forbid)");
      expectHarmless(results);
      expectHarmless(notes);
    },
  );

  it.each(Object.entries(HOSTILE))("nor of what it cannot read: %s", async (_name, text) => {
    const path = text.replaceAll("\0", "").slice(0, 200);
    for (const { exitCode, results, notes } of [
      await verify(`{"${text}`),
      await verify(userPolicy(), `--user=${text}=render`),
      await verify(userPolicy(), `--policy=arn=${path}/none`),
      await verify(userPolicy(), `--remotion=${text}`),
    ]) {
      expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
      expectHarmless(notes);
    }
  });
});

describe("verify --format json", () => {
  it("is --json, and says what the file says", async () => {
    const { results } = await verify(userPolicy(), "--format", "json");
    expect((await verify(userPolicy(), "--json")).results).toBe(results);
    for (const text of Object.values(HOSTILE)) {
      const { verified } = JSON.parse(reportOn(text)("json")) as {
        verified: { principal: string }[];
      };
      const names = verified.map(({ principal }) => principal);
      expect(names).toContain(`remotion-user-${text}`);
    }
  });

  it("is refused beside another one", async () => {
    const { exitCode, notes } = await verify(userPolicy(), "--json", "--format", "sarif");
    expect(exitCode).toBe(2);
    expect(notes).toContain("--json is --format json, and --format is sarif");
  });
});

describe("verify --format markdown", () => {
  it("stays shorter than a comment may be, and says how many rows are left out", async () => {
    for (const plan of [unlikeRoles(300), stateWith("`|<&".repeat(2_000))]) {
      const { results } = await verify(plan, "--format", "markdown", "--forbid", "sqs:*");
      expect(results.length).toBeLessThan(65_000);
      const tables = results.split("\n").filter((line) => line.startsWith("|"));
      for (const line of tables) {
        expect(line.endsWith(" |")).toBe(true);
      }
    }
  });

  it("has the summary first, the worst first, and counts what it leaves out", async () => {
    const { results } = await verify(unlikeRoles(300), "--format", "markdown");
    const [mark, heading, , summary] = results.split("\n");
    expect(mark).toBe("<!-- remotion-lambda-terraform verify -->");
    expect(heading).toMatch(/^### ❌ Remotion would not work: \d+ of 300 lack something$/);
    expect(summary).toContain("300 there for Remotion");
    const principals = results.match(/^\| \S+ \| `role-key-\d+` `[^|]*` \| a user or caller .*$/gm);
    const [, leftOut] = /^(\d+) more principals are left out/m.exec(results) ?? [];
    expect(Number(leftOut) + (principals?.length ?? 0)).toBe(300);
    expect(results).toMatch(/^\d+ more rows are left out: `verify --all` tells them\.$/m);
    expect(principals?.[0]).toMatch(/^\| ❌ /);
  });

  it("says in one line that all is well", async () => {
    const { exitCode, results } = await verify(userPolicy(), "--format", "markdown");
    expect(exitCode).toBe(0);
    expect(results).toContain("### ✅ Remotion works with it");
    expect(results).not.toContain("What to do");
  });
});

interface Suites {
  readonly failures: number;
  readonly errors: number;
}

function countsIn(junit: string): Suites {
  const [, failures, errors] = /<testsuites .*failures="(\d+)" errors="(\d+)"/.exec(junit) ?? [];
  return { failures: Number(failures), errors: Number(errors) };
}

describe("verify --format junit and sarif", () => {
  const plain = userPolicy();
  const sqs = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
  const boundary = stateWith("limit");
  const untagged = {
    ...plain,
    Statement: plain.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((action) => action !== "lambda:TagResource"),
    })),
  };
  const accepting = {
    accepted: [{ action: "sqs:SendMessage", reason: "It is [ours](x).", until: "2999-01-01" }],
  };
  const inVain = { Version: "2012-10-17", Statement: sqs };

  it.each<[string, unknown, string[]]>([
    ["complete", userPolicy(), []],
    ["missing", withoutStatements(userPolicy(), "HandleQuotas"), []],
    ["a role", rolePolicy(), []],
    ["tolerated", untagged, []],
    ["tolerated, which fails", untagged, ["--fail-on", "tolerated"]],
    ["excess", { ...plain, Statement: [...plain.Statement, sqs] }, []],
    [
      "excess, which fails",
      { ...plain, Statement: [...plain.Statement, sqs] },
      ["--fail-on", "excess"],
    ],
    ["forbidden", { ...plain, Statement: [...plain.Statement, sqs] }, ["--forbid", "sqs:*"]],
    ["missing and untold", boundary, []],
    ["nobody", inVain, []],
    ["nobody, with --allow-untold", inVain, ["--allow-untold"]],
  ])(
    "have failures where it ends with 1, and errors where with 3: %s",
    async (_name, content, options) => {
      const { exitCode, results } = await verify(content, "--format", "junit", ...options);
      const { failures, errors } = countsIn(results);
      expect(exitCode).toBe(failures > 0 ? 1 : errors > 0 ? 3 : 0);

      const sarif = await verify(content, "--format", "sarif", ...options);
      const { runs } = JSON.parse(sarif.results) as SarifLog;
      const levels = runs.flatMap((run) => run.results.map(({ level }) => level));
      expect(sarif.exitCode).toBe(
        levels.includes("error") ? 1 : levels.includes("warning") && errors > 0 ? 3 : 0,
      );
      expect(runs[0]?.invocations[0]?.exitCode).toBe(sarif.exitCode);
    },
  );

  it("have what is accepted, with its reason, and do not fail for it", async () => {
    const content = { ...plain, Statement: [...plain.Statement, sqs] };
    const file = join(temporaryFolder(), "options.json");
    writeFileSync(file, JSON.stringify(accepting));
    const options = ["--options", file, "--fail-on", "excess"];
    const sarif = await verify(content, "--format", "sarif", ...options);
    const { runs } = JSON.parse(sarif.results) as SarifLog;
    expect(sarif.exitCode).toBe(0);
    expect(runs[0]?.results).toHaveLength(1);
    expect(runs[0]?.results[0]?.suppressions).toEqual([
      { kind: "external", justification: "It is [ours](x)." },
    ]);
    const junit = await verify(content, "--format", "junit", ...options);
    expect(countsIn(junit.results)).toEqual({ failures: 0, errors: 0 });
  });
});

interface SarifLog {
  readonly runs: readonly {
    readonly invocations: readonly { readonly exitCode: number }[];
    readonly results: readonly { readonly level: string; readonly suppressions?: unknown }[];
  }[];
}
