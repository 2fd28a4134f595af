import type { Engine } from "./engines.js";
import type { Played } from "./play-folder.js";

/**
 * `docs/ENGINES.md`: what came of all folders, a row for each engine.
 *
 * @param provider path of the AWS provider that all planned with
 * @throws where the path does not say which version that is
 */
export function enginesPage(played: readonly Played[], provider: string): string {
  const engines = [...new Set(played.map(({ engine }) => engine))];
  const rows = engines.map((engine) =>
    rowOf(
      engine,
      played.filter((one) => one.engine === engine),
    ),
  );
  return `<!-- Written by npm run engine-matrix. -->

# Engines

What came of \`init\`, \`validate\`, \`test\` and \`plan\` of each module in both editions, in its own folder, and of each
example, with AWS provider ${versionIn(provider)}. Where an engine has no mocks, the tests beside the modules are not
played. [\`.github/workflows/engines.yml\`](../.github/workflows/engines.yml) does the same with the newest of each, and with
the oldest and the newest provider; [MODULES.md](MODULES.md#testing) says what to expect of engines between these.

| Engine | Modules planned | Runs of their tests that passed | Examples planned | Failed |
| --- | ---: | ---: | ---: | ---: |
${rows.map((row) => `| ${row.join(" | ")} |\n`).join("")}`;
}

function rowOf({ product, version }: Engine, played: readonly Played[]): (string | number)[] {
  const planned = (folder: string) =>
    played.filter(({ path, failure }) => path.startsWith(folder) && failure === undefined).length;
  const runs = played
    .filter(({ path }) => path.startsWith("modules"))
    .map(({ steps }) => Number(/^(\d+) passed/.exec(steps.test)?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0);
  return [
    `${product === "tofu" ? "OpenTofu" : "Terraform"} ${version}`,
    planned("modules"),
    runs === 0 ? "–" : runs,
    planned("examples"),
    played.filter(({ failure }) => failure !== undefined).length,
  ];
}

function versionIn(provider: string): string {
  const [, version] = /[_/]v?(\d+\.\d+\.\d+)[_/]/.exec(provider) ?? [];
  if (version === undefined) {
    throw new Error(`${provider} does not say which version of the AWS provider it is.`);
  }
  return version;
}
