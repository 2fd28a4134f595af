import { nothingToRelease, notInChangelog, releasedAlready } from "./errors.js";

const UNRELEASED = "## Unreleased";

/** A section of a version: its heading, and what is below it. */
interface Section {
  readonly heading: string;
  readonly body: string;
}

/**
 * A changelog whose section "Unreleased" has become that of a version, with an empty one above it.
 *
 * @param date of the release, `2026-12-01`
 * @throws when there is nothing in it, or the version has a section already
 * @see https://keepachangelog.com/en/1.1.0/
 */
export function releasedChangelog(text: string, version: string, date: string): string {
  const sections = sectionsOf(text);
  if (sections.some(({ heading }) => isOf(heading, version))) {
    throw releasedAlready(version);
  }
  const unreleased = sections.find(({ heading }) => heading === UNRELEASED);
  if (unreleased === undefined || unreleased.body.trim() === "") {
    throw nothingToRelease();
  }
  return text.replace(`${UNRELEASED}\n`, () => `${UNRELEASED}\n\n## ${version} - ${date}\n`);
}

/** What a changelog says of a version, without its heading. @throws when it says nothing */
export function notesOf(text: string, version: string): string {
  const section = sectionsOf(text).find(({ heading }) => isOf(heading, version));
  if (section === undefined || section.body.trim() === "") {
    throw notInChangelog(version);
  }
  return `${section.body.trim()}\n`;
}

function isOf(heading: string, version: string): boolean {
  return heading === `## ${version}` || heading.startsWith(`## ${version} `);
}

function sectionsOf(text: string): Section[] {
  return text.split(/^(?=## )/m).map((section) => {
    const [heading = ""] = section.split("\n", 1);
    return { heading, body: section.slice(heading.length) };
  });
}
