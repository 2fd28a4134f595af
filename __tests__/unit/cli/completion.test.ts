import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ALL_PROFILES, POLICY_PRINCIPALS, SHELLS } from "../../../lib/cli/choices.js";
import { type CommandDefinition, definitionOf } from "../../../lib/cli/command-definition.js";
import { COMMANDS } from "../../../lib/cli/commands.js";
import { bashScript } from "../../../lib/cli/completion-bash.js";
import { fishScript } from "../../../lib/cli/completion-fish.js";
import { zshScript } from "../../../lib/cli/completion-zsh.js";
import { describeUnless } from "../../support/suites.js";
import { completionsIn, MISSING_SHELLS } from "../support/completing-shell.js";
import { temporaryFolder } from "../support/folder.js";
import { runRecorded } from "../support/recording-console.js";

const DEFINITIONS = Object.values(COMMANDS).map(definitionOf);

const FILES = ["my plan.json", "other.txt", "plan.json"];
const FOLDER = "infra";

const CASES: readonly { readonly line: string; readonly words: readonly string[] }[] = [
  { line: "", words: Object.keys(COMMANDS) },
  { line: "ver", words: ["verify"] },
  { line: "--", words: ["--help", "--version"] },
  { line: "nonsense ", words: [] },
  { line: "verify --rol", words: ["--role", "--role-profile"] },
  { line: "verify plan.json --allow", words: ["--allow-untold"] },
  { line: "import --no-", words: ["--no-user", "--no-executionrole-policy"] },
  { line: "policy user --profile ", words: ALL_PROFILES },
  { line: "policy user --profile=re", words: ["--profile=render"] },
  { line: "policy user --region eu-central-1 --profile de", words: ["deploy"] },
  { line: "policy --profile render ", words: POLICY_PRINCIPALS },
  { line: "policy user ex", words: [] },
  { line: "policy user --account ", words: [] },
  { line: "completion ", words: SHELLS },
  { line: "verify ", words: [...FILES, FOLDER] },
  { line: "verify p", words: ["plan.json"] },
  { line: "verify my", words: ["my plan.json"] },
  { line: "verify --options ", words: [...FILES, FOLDER] },
  { line: "verify --options=o", words: ["--options=other.txt"] },
  {
    line: "verify --policy arn:aws:iam::1:policy/x=o",
    words: ["arn:aws:iam::1:policy/x=other.txt"],
  },
  { line: "import --state p", words: ["plan.json"] },
  { line: "generate --out ", words: [FOLDER] },
];

/** In a description, each of these would end what it stands in, or run a program. */
const HOSTILE: CommandDefinition = {
  name: "hostile",
  describe: 'It\'s $(touch made) `touch made` [x]: \\ "y" %s',
  options: [
    {
      name: "some",
      describe: "It's $(touch made) [x] \\ \"y\" \\' '' $HOME\nand more",
      choices: ["thing"],
      names: undefined,
      required: false,
      repeatable: false,
      flag: false,
      on: false,
    },
  ],
  positionals: [],
};

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

describe.each(SHELLS)("completion in %s", (shell) => {
  describeUnless(MISSING_SHELLS[shell])("where it is there", () => {
    it("completes commands, options, their values, files and folders", async () => {
      const { exitCode, results } = await runRecorded("completion", shell);
      const lines = CASES.map(({ line }) => line);

      const completed = completionsIn(shell, results, lines, folderOfFiles());

      expect(exitCode).toBe(0);
      expect(lines.map((line, number) => ({ line, words: completed[number] }))).toEqual(
        CASES.map(({ line, words }) => ({ line, words: words.toSorted() })),
      );
    });

    it("says every choice of every option", async () => {
      const { results } = await runRecorded("completion", shell);
      const choices = DEFINITIONS.flatMap(({ name, options }) =>
        options.flatMap((option) =>
          option.choices === undefined
            ? []
            : [{ line: `${name} --${option.name} `, words: option.choices.toSorted() }],
        ),
      );
      const lines = choices.map(({ line }) => line);

      const completed = completionsIn(shell, results, lines, folderOfFiles());

      expect(choices.length).toBeGreaterThan(8);
      expect(lines.map((line, number) => ({ line, words: completed[number] }))).toEqual(choices);
    });

    it("takes nothing in a description for more than text", () => {
      const folder = folderOfFiles();
      const script = SCRIPTS[shell]([HOSTILE]);

      const completed = completionsIn(
        shell,
        script,
        ["hos", "hostile --so", "hostile --some t"],
        folder,
      );

      expect(completed).toEqual([["hostile"], ["--some"], ["thing"]]);
      expect(existsSync(join(folder, "made"))).toBe(false);
    });
  });
});

describe("the command completion", () => {
  it("takes the shell of the user where none is named", async () => {
    const { results } = await runIn("/usr/local/bin/fish");

    expect(results).toBe((await runRecorded("completion", "fish")).results);
  });

  it.each(["/bin/tcsh", ""])("wants one to be named where that is %j", async (path) => {
    const { exitCode, notes } = await runIn(path);

    expect(exitCode).toBe(2);
    expect(notes).toContain("none of bash, zsh, fish");
  });
});

describe("the definitions of commands", () => {
  it.each(DEFINITIONS)("of $name have the options that its help has", async ({ name, options }) => {
    const { results } = await runRecorded(name, "--help");
    const [, listed = ""] = /^Options:$(.*?)(?:^\S|(?![\s\S]))/ms.exec(results) ?? [];
    const inHelp = [...listed.matchAll(/^ {2,6}(?:-\w, )?--([\w-]+)/gm)].map(
      ([, option]) => option,
    );
    const own = options.map((option) => option.name);

    expect(inHelp.filter((option) => option !== "help" && !isVersion(option, own))).toEqual(own);
  });

  it("say what names a file, so that files are completed", () => {
    const values = DEFINITIONS.flatMap(({ options, positionals }) => [...options, ...positionals]);
    const ofFiles = values.filter(({ describe: text }) =>
      /^(File|Folder)\b|=FILE\b|- for standard input/.test(text),
    );

    expect(ofFiles.length).toBeGreaterThan(3);
    expect(ofFiles.filter(({ name, names }) => names === undefined && name !== "text")).toEqual([]);
  });
});

/** Whether it is the option that yargs adds. */
function isVersion(option: string | undefined, own: readonly string[]): boolean {
  return option === "version" && !own.includes("version");
}

function folderOfFiles(): string {
  const folder = temporaryFolder();
  for (const file of FILES) {
    writeFileSync(join(folder, file), "{}");
  }
  mkdirSync(join(folder, FOLDER));
  return folder;
}

async function runIn(path: string) {
  const before = process.env["SHELL"];
  process.env["SHELL"] = path;
  try {
    return await runRecorded("completion");
  } finally {
    if (before === undefined) {
      delete process.env["SHELL"];
    } else {
      process.env["SHELL"] = before;
    }
  }
}
