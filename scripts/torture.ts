import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readMutants } from "./torture/mutants.js";
import { reliabilityPage } from "./torture/page.js";
import { PARTS, type Part } from "./torture/parts.js";
import { play } from "./torture/play.js";
import { readRecords, writeRecord } from "./torture/record.js";

// npm run torture -- [PART…]: plays all, or these parts, and writes docs/reliability.md; with --page it only writes
// that, of what was played before. Ends with 0 where nothing is lost, 1 where something is, and 2 for a part that
// there is not.
const PAGE = join(import.meta.dirname, "..", "docs", "reliability.md");
process.exitCode = await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<number> {
  if (names.join() === "--page") {
    writePage();
    return 0;
  }
  const unknown = names.filter((name) => !PARTS.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = PARTS.map(({ name }) => name).join(", ");
    process.stderr.write(`There is no part ${unknown.join(", ")}: give some of ${known}.\n`);
    return 2;
  }
  const chosen = PARTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const [part] = chosen;
  const isLost =
    chosen.length === 1 && part !== undefined ? await playOne(part) : await playEach(chosen);
  writePage();
  process.stderr.write(`Wrote ${PAGE}: ${isLost ? "something is" : "nothing"} lost.\n`);
  return isLost ? 1 : 0;
}

/** @returns whether something is lost */
async function playOne(part: Part): Promise<boolean> {
  const record = await play(part);
  writeRecord(record);
  return record.lost.length > 0;
}

/** Plays each in a process of its own, which so has its own time; two at once, as most of a part waits for one core. */
async function playEach(parts: readonly Part[]): Promise<boolean> {
  const lastTime = new Map(readRecords().map(({ part, seconds }) => [part, seconds]));
  const timeOf = ({ name }: Part) => lastTime.get(name) ?? Number.MAX_VALUE;
  // The longest first, or else one core would wait for it at the end.
  const waiting = parts.toSorted((one, other) => timeOf(other) - timeOf(one));
  let isLost = false;
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const script = [...process.execArgv, import.meta.filename, part.name];
      const child = spawn(process.execPath, script, { stdio: ["ignore", "inherit", "inherit"] });
      const [status] = (await once(child, "exit")) as [number | null];
      isLost ||= status !== 0;
    }
  };
  await Promise.all([lane(), lane()]);
  return isLost;
}

function writePage(): void {
  writeFileSync(PAGE, reliabilityPage(PARTS, readRecords(), readMutants()));
}
