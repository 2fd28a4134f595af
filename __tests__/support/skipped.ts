import type { TestCase, TestModule, TestSuite } from "vitest/node";

/**
 * What was skipped and why, a line for each reason, the most tests first.
 *
 * A test that says no reason is none that was skipped: somebody has chosen others, with `-t` for one.
 *
 * @param chosen the pattern of names that somebody has chosen with `-t`
 */
export function skippedSummary(modules: readonly TestModule[], chosen?: RegExp): string {
  const counts = new Map<string, number>();
  for (const test of modules.flatMap((module) => [...module.children.allTests("skipped")])) {
    const reason = reasonOf(test);
    if (reason !== undefined && (chosen === undefined || nameOf(test).match(chosen) !== null)) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  if (counts.size === 0) {
    return "Skipped: nothing.\n";
  }
  const lines = [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => `Skipped: ${count} ${count === 1 ? "test" : "tests"}. ${reason}\n`);
  return lines.join("");
}

/** A test says at the start that it is to be skipped, or while it runs: `context.skip("no network")`. */
function reasonOf(test: TestCase): string | undefined {
  const result = test.result();
  return (result.state === "skipped" ? result.note : undefined) ?? test.meta().skippedBecause;
}

/** As Vitest compares it with the pattern. */
function nameOf({ name, parent }: TestCase | TestSuite): string {
  return parent.type === "module" ? name : `${nameOf(parent)} ${name}`;
}
