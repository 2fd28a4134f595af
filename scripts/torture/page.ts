import type { Mutants } from "./mutants.js";
import type { Part, Row } from "./parts.js";
import type { PartRecord, Played } from "./record.js";

const HEAD = `<!-- Written by npm run torture. -->

# What was tried to lose something

\`npm run torture\` plays all of this, and \`npm run torture -- PART\` one part. Each run of CI plays a slice with
a fixed seed, or another part each day, and compares its counts with these. The time of the processor is that of all
programs that the part has started; beside other work a part takes longer by the clock.
`;

/** The page of what was played, what was injected and what was lost. */
export function reliabilityPage(
  parts: readonly Part[],
  records: readonly PartRecord[],
  mutants: Mutants | undefined,
): string {
  const sections = parts.map((part) =>
    section(
      part,
      records.find((record) => record.part === part.name),
    ),
  );
  return [
    HEAD,
    `${sum(parts, records)}\n`,
    ...sections,
    ...(mutants === undefined ? [] : [mutantsSection(mutants)]),
  ].join("\n");
}

/** What all parts come to. */
function sum(parts: readonly Part[], records: readonly PartRecord[]): string {
  const rows = parts.flatMap((part) => {
    const record = records.find(({ part: name }) => name === part.name);
    return part.rows.map((row) => ({ ...row, cases: record?.played[row.what]?.cases ?? 0 }));
  });
  const total = (some: typeof rows) => figure(some.reduce((all, { cases }) => all + cases, 0));
  const lost = records.reduce((all, record) => all + record.lost.length, 0);
  const seconds = records.reduce((all, record) => all + record.processorSeconds, 0);
  return [
    `In all ${total(rows)} cases, of which ${total(rows.filter(({ injects }) => injects === true))} are faults that were injected;`,
    `lost: ${lost === 0 ? "nothing" : figure(lost)}. They take ${figure(Math.round(seconds / 60))} minutes of a processor.`,
  ].join("\n");
}

function section(part: Part, record: PartRecord | undefined): string {
  const title = `## \`${part.name}\`\n\n${part.proves}\n`;
  if (record === undefined) {
    return `${title}\nNot played yet.\n`;
  }
  const { seconds, processorSeconds, commit, date, lost, skipped } = record;
  const not =
    skipped === 0 ? "" : ` Skipped: ${figure(skipped)} tests that need what was not there.`;
  return [
    title,
    "| Cases | What | Faults injected | Seed | Once |",
    "| ---: | --- | ---: | --- | --- |",
    ...part.rows.map((row) => tableRow(row, record.played[row.what])),
    "",
    `Lost: ${lost.length === 0 ? "nothing" : lost.map(plain).join("; ")}.${not} ${figure(seconds)} s by the clock, ${figure(processorSeconds)} s of the processor; ${date}, commit \`${commit}\`.`,
    "",
  ].join("\n");
}

function tableRow({ what, injects, seed, before }: Row, played: Played | undefined): string {
  const cases = figure(played?.cases ?? 0);
  const counted = Object.entries(played?.counted ?? {}).map(
    ([name, count]) => `${name} ${figure(count)}`,
  );
  const cells = [
    cases,
    [plain(what), ...(counted.length === 0 ? [] : [`(${counted.map(plain).join(", ")})`])].join(
      " ",
    ),
    injects === true ? cases : "–",
    seed ?? "–",
    before === undefined ? "–" : plain(before),
  ];
  return `| ${cells.join(" | ")} |`;
}

function mutantsSection({ folders, commit, date, seconds }: Mutants): string {
  return [
    "## Mutants",
    "",
    "Changes of the sources, one at a time, that unit tests notice: `npm run mutants`.",
    "",
    "| Folder | Mutants | Killed | Equivalent | Surviving |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...Object.entries(folders).map(
      ([folder, { mutants, killed, equivalent, surviving }]) =>
        `| \`${folder}\` | ${[mutants, killed, equivalent, surviving].map(figure).join(" | ")} |`,
    ),
    "",
    `${figure(seconds)} s; ${date}, commit \`${commit}\`.`,
    "",
  ].join("\n");
}

/** A number with its thousands apart. */
function figure(number: number): string {
  return number.toLocaleString("en-US");
}

/** A text as it stands in a cell. */
function plain(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
