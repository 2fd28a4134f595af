import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import yargs from "yargs";
import { definitionOf } from "../../../lib/cli/command-definition.js";
import { COMMANDS } from "../../../lib/cli/commands.js";
import { run } from "../../../lib/cli/main.js";
import { runRecorded } from "../support/recording-console.js";
import { REPOSITORY } from "../support/source-files.js";

const DEFINITIONS = Object.values(COMMANDS).map(definitionOf);

/** Options that take a value. */
const WITH_VALUE = DEFINITIONS.flatMap(({ name, options }) =>
  options.filter(({ flag }) => !flag).map((option) => ({ command: name, option: option.name })),
);

/** The sources are asked everything; the bundle, which is a process each time, a tenth. */
const STEP = process.env["COMMAND_LINE"] === "bundle" ? 10 : 1;

function chosen<T>(cases: readonly T[]): T[] {
  return cases.filter((_, number) => number % STEP === 0);
}

const MODULE = ["--address", "module.remotion", "--account", "123456789012"];

/** What a command needs beside what is tried, so that it gets to it, and writes nothing. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  generate: ["--check"],
  policy: ["user"],
  verify: ["no-such-file.json"],
  import: MODULE,
};

/** ESC, BEL, C1's CSI, a change of direction, a zero-width space. */
const HOSTILE = "a\u001b]0;x\u0007\u009b2J\u202eb\u200b";

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202e]/;

describe("the command line", () => {
  it.each([
    { what: "no command", args: [], says: "Name a command." },
    { what: "an unknown command", args: ["nonsense"], says: "nonsense" },
    { what: "a command that is nearly right", args: ["polcy", "user"], says: "policy" },
    { what: "an option before any command", args: ["--json"], says: "" },
  ])("ends with 2 for $what, says so on stderr, and where to look", async ({ args, says }) => {
    const { exitCode, results, notes } = await runRecorded(...args);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
    expect(notes).toMatch(/\nTry remotion-lambda-terraform --help\.$/);
  });

  it.each([
    { args: ["verfy", "plan.json"], says: 'There is no command "verfy". Did you mean verify?' },
    { args: ["nonsense"], says: 'There is no command "nonsense". Choose among generate, policy,' },
    { args: ["toString"], says: 'There is no command "toString". Choose' },
    { args: ["--regoin"], says: "There is no option --regoin." },
  ])("says of $args what there is", async ({ args, says }) => {
    const { exitCode, notes } = await runRecorded(...args);

    expect(exitCode).toBe(2);
    expect(notes).toContain(says);
    expect(notes).toMatch(/\nTry remotion-lambda-terraform --help\.$/);
  });

  it.each([
    [["policy", "user", "--regoin", "x"], "policy has no option --regoin. Did you mean --region?"],
    [
      ["policy", "user", "--outputBuket=x"],
      "no option --outputBuket. Did you mean --output-bucket?",
    ],
    [["policy", "user", "-x"], "policy has no option -x."],
    [
      ["policy", "user", "-profile=render"],
      "policy has no option -profile. Did you mean --profile?",
    ],
    [
      ["generate", "-x", "-forec"],
      "no option -forec. Did you mean --force?\ngenerate has no option -x.",
    ],
    [
      ["policy", "user", "--nonsense", "--regio=x"],
      "--nonsense.\npolicy has no option --regio. Did",
    ],
    [["import", "--adress", "module.x"], "import has no option --adress. Did you mean --address?"],
    [
      ["policy", "user", "--profile", "rendr"],
      '--profile is "rendr", which is none of full, render, deploy, minimal. Did you mean render?',
    ],
    [["verify", "x", "--fail-on", "excess", "--fail-on", "tolerate"], "Did you mean tolerated?"],
    [["verify", "x", "--fail-on", "nonsense"], '"nonsense", which is none of excess, tolerated.'],
    [
      ["policy", "usr"],
      '<principal> is "usr", which is none of user, role, execution-role, deployer. Did',
    ],
    [["completion", "fsih"], "Did you mean fish?"],
    [["generate", "remotion-lamda"], "Did you mean remotion-lambda?"],
    [["explain", "role", "--profile", "render"], "give one of these"],
    [["policy", "role", "--output-bucket", "acme-videos:delte"], "Did you mean delete?"],
    [
      ["policy"],
      "policy needs <principal>: Whose policy; deployer is whoever applies the modules.",
    ],
    [["verify"], "verify needs <file>: "],
    [["import"], "import needs --address: Address of the module's call"],
    [["policy", "user", "role", "x"], 'policy takes <principal>, and "role", "x" is too many.'],
    [["upstream", "x"], 'upstream takes options alone, and "x" is too many.'],
  ])("says to %j what is wrong, and names the help of that command", async (args, says) => {
    const { exitCode, results, notes } = await runRecorded(...args);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
    expect(notes).toMatch(new RegExp(`\nTry remotion-lambda-terraform ${args[0]} --help\\.$`));
  });

  it.each(chosen(WITH_VALUE))(
    "wants a value for --$option of $command",
    async ({ command, option }) => {
      for (const args of [
        [command, `--${option}`],
        [command, `--${option}`, "--json"],
      ]) {
        const { exitCode, results, notes } = await runRecorded(...args);

        expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
        expect(notes).toContain(`--${option} needs a value`);
      }
    },
  );

  it("wants it for a name as code spells it, too", async () => {
    const { exitCode, notes } = await runRecorded("verify", "plan.json", "--roleProfile");

    expect(exitCode).toBe(2);
    expect(notes).toContain("--role-profile needs a value: one of full, minimal.");
  });

  it.each([
    { args: ["policy", "user", "--vpc=yes"], says: '--vpc is "yes"' },
    { args: ["policy", "user", "--allInsightsRegions=1"], says: '--all-insights-regions is "1"' },
    { args: ["policy", "user", "--compact="], says: '--compact is ""' },
    { args: ["generate", "--check=yes"], says: "give --check alone, or --no-check" },
    { args: ["import", "--address", "module.a", "--user=ja"], says: '--user is "ja"' },
    { args: ["denied", "--json=x", "AccessDenied"], says: '--json is "x"' },
    { args: ["verify", "plan.json", "--fix=x\u001b[2J"], says: "neither true nor false" },
  ])("takes a flag with true or false alone: $args", async ({ args, says }) => {
    const { exitCode, results, notes } = await runRecorded(...args);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
  });

  it("takes a flag with one of these, and what looks like one behind two hyphens for text", async () => {
    const calls = [
      ["policy", "user", "--vpc=true"],
      ["policy", "user", "--compact=false"],
      ["denied", "--", "AccessDenied", "--json=x"],
    ];
    const codes = await Promise.all(
      calls.map(async (args) => (await runRecorded(...args)).exitCode),
    );

    expect(codes).toEqual([0, 0, 0]);
  });

  it("takes options behind two hyphens for text, and helps in spite of an option without a value", async () => {
    const [text, help] = [
      await runRecorded("denied", "--", "AccessDenied: Access Denied", "--profile"),
      await runRecorded("policy", "user", "--profile", "--help"),
    ];

    expect([text.exitCode, help.exitCode]).toEqual([0, 0]);
  });

  it.each([
    { args: ["policy", "user", "--account", "1", "--account", "2"], option: "account" },
    { args: ["explain", "--profile", "full", "--profile", "render"], option: "profile" },
    { args: ["import", "--role-name", "a", "--roleName", "b"], option: "role-name" },
  ])("takes --$option once", async ({ args, option }) => {
    const { exitCode, notes } = await runRecorded(...args, ...(args[0] === "import" ? MODULE : []));

    expect(exitCode).toBe(2);
    expect(notes).toContain(`--${option} is given 2 times`);
  });

  it.each(
    chosen([
      [HOSTILE],
      [`--${HOSTILE}`],
      [`-${HOSTILE}`],
      ...DEFINITIONS.flatMap(({ name, options, positionals }) => [
        ...options.filter(({ flag }) => !flag).map((option) => [name, `--${option.name}`, HOSTILE]),
        ...positionals.map(() => [name, HOSTILE]),
        [name, `--${HOSTILE}`],
        [name, `--${HOSTILE}=${HOSTILE}`],
        [name, "user", HOSTILE, HOSTILE],
      ]),
    ]),
  )("shows no control characters of %j %j %j", async (...args) => {
    const { results, notes } = await runRecorded(...args, ...(FURTHER[args[0] ?? ""] ?? []));

    expect(`${results}${notes}`).not.toMatch(CONTROL);
  });

  it.each([{ args: ["--version"] }, { args: ["policy", "--version"] }])(
    "says its version with $args",
    async ({ args }) => {
      const { version } = JSON.parse(readFileSync(`${REPOSITORY}/package.json`, "utf8"));

      expect(await runRecorded(...args)).toEqual({ exitCode: 0, results: version, notes: "" });
    },
  );

  it("takes upstream's own option for what it is", async () => {
    const { exitCode, results } = await runRecorded("upstream", "--version");

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
  });

  it("runs a command without its help, which yargs renders before every one", async () => {
    interface WithUsage {
      getInternalMethods(): { getUsageInstance(): { hasCachedHelpMessage(): boolean } };
    }
    const rendersHelp = async (work: () => unknown) => {
      const prototype: WithUsage = Object.getPrototypeOf(yargs());
      const internals = vi.spyOn(prototype, "getInternalMethods");
      await work();
      const usages = internals.mock.results.map(({ value }) => value.getUsageInstance());
      internals.mockRestore();
      expect(usages.length).toBeGreaterThan(0);
      return usages.some((usage) => usage.hasCachedHelpMessage());
    };
    const silent = { result: () => {}, note: () => {} };

    expect(
      await rendersHelp(() =>
        yargs()
          .command("a", "", {}, () => {})
          .parse(["a"]),
      ),
    ).toBe(true);
    expect(await rendersHelp(() => run(["policy", "user"], silent))).toBe(false);
  });
});
