import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { builtPackage } from "../../support/built-package.js";
import { runRecorded } from "../support/recording-console.js";
import { REPOSITORY } from "../support/source-files.js";

const TEXT =
  "User: arn:aws:iam::123456789012:user/remotion-user is not authorized to perform: lambda:CreateFunction on resource: arn:aws:lambda:us-east-1:123456789012:function:remotion-render-a because no identity-based policy allows the lambda:CreateFunction action";

describe("denied", () => {
  it("answers, and ends with 0", async () => {
    const { exitCode, results, notes } = await runRecorded("denied", TEXT);

    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: "" });
    expect(results).toContain('remotion-user: profile = "deploy" or "full"; not with "render"');
  });

  it("takes a text without quotes around it", async () => {
    const quoted = await runRecorded("denied", TEXT);

    expect(await runRecorded("denied", ...TEXT.split(" "))).toEqual(quoted);
  });

  it("takes a text that begins with hyphens behind two of its own", async () => {
    const { exitCode, results } = await runRecorded("denied", "--", `--- ${TEXT}`);

    expect(exitCode).toBe(0);
    expect(results).toContain("deployFunction()");
  });

  it("says the same as data", async () => {
    const { results } = await runRecorded("denied", "--json", TEXT);

    expect(JSON.parse(results)).toEqual({
      answers: [
        expect.objectContaining({
          side: "input",
          denied: expect.objectContaining({ action: "lambda:CreateFunction" }),
          calls: expect.arrayContaining([
            expect.objectContaining({ api: "deployFunction()", by: "caller" }),
          ]),
          allowedBy: expect.arrayContaining([
            {
              module: "remotion-user",
              inputs: [],
              profile: { input: "profile", having: ["deploy", "full"], lacking: ["render"] },
            },
          ]),
        }),
      ],
    });
  });

  it("answers ten refusals of one text, and says how many there are", async () => {
    const texts = Array.from({ length: 12 }, (_, index) =>
      TEXT.replace("remotion-render-a", `remotion-render-${index}`),
    );
    const { exitCode, results, notes } = await runRecorded("denied", "--json", texts.join("\n"));

    expect(exitCode).toBe(0);
    expect(JSON.parse(results).answers).toHaveLength(10);
    expect(notes).toBe(
      "The text tells of 12 refusals, and the first 10 are answered: give the others alone.",
    );
  });

  it.each([
    { what: "no text", args: [""], says: "There is no text" },
    { what: "blanks", args: ["  \n "], says: "There is no text" },
    {
      what: "another text",
      args: ["All is well"],
      says: "The text says of nothing that it was denied",
    },
    { what: "a text without an action", args: ["is not"], says: "give the whole message" },
  ])("ends with 2 for $what, and says what to do", async ({ args, says }) => {
    const { exitCode, results, notes } = await runRecorded("denied", ...args);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
  });
});

describe("the commands that prove it", () => {
  const plan = join(REPOSITORY, "__tests__/unit/terraform/fixtures/everything.hcl.plan.json");
  const functions = "arn:aws:sts::123456789012:assumed-role/remotion-lambda-role/remotion-render-a";
  const boundary = "because no permissions boundary allows it";

  it.each([
    TEXT,
    TEXT.replace(/because .*/, boundary),
    TEXT.replaceAll("lambda:CreateFunction", "iam:PassRole").replace(
      /arn:aws:lambda:\S+/,
      "arn:aws:iam::123456789012:role/staging-remotion-lambda-role",
    ),
    `User: ${functions} is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::acme-videos/out.mp4"`,
    `User: ${functions} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::remotionlambda-useast1-abc1234567/renders/a/progress.json" ${boundary}`,
  ])("are understood: %s", async (text) => {
    const { results } = await runRecorded("denied", "--json", text);
    const commands: string[] = JSON.parse(results).answers[0].commands;
    const own = commands.filter((command) => command.startsWith("npx remotion-lambda-terraform "));

    expect(own).not.toEqual([]);
    for (const command of own) {
      const [, , ...args] = command.replace("plan.json", plan).split(" ");
      const { exitCode, notes } = await runRecorded(...args);
      expect(exitCode, `${command}: ${notes}`).not.toBe(2);
    }
  });
});

describe("the command in a process of its own", () => {
  let program = join(REPOSITORY, "bin", "remotion-lambda-terraform.cjs");
  beforeAll(async () => {
    if (process.env["COMMAND_LINE"] === "bundle") {
      program = (await builtPackage()).commandLine;
    }
  });

  function run(input: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, "denied", ...args], {
      input,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  it.each([{ args: [] }, { args: ["-"] }])("reads standard input with $args", ({ args }) => {
    const { status, stdout, stderr } = run(
      `$ npx remotion lambda functions deploy\n${TEXT}\n`,
      ...args,
    );

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("deployFunction()");
  });

  it.each([
    { what: "nothing", input: "", says: "There is no text" },
    {
      what: "a megabyte",
      input: "AccessDenied ".repeat(90_000),
      says: "give the lines around the error",
    },
    { what: "a file of something else", input: "\u0000\u001b[2J{}", says: "of nothing" },
  ])("refuses $what with a sentence", ({ input, says }) => {
    const { status, stdout, stderr } = run(input);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(says);
  });

  it("lets no control character through", () => {
    const { status, stdout } = run(
      TEXT.replace("user/remotion", "user/\u001b[2J\u0007remotion"),
      "--json",
    );

    expect(status).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f]|\\u001b/);
  });
});
