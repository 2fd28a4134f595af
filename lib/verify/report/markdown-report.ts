import type { Answer, Verification } from "../answer.js";
import { listed } from "../listed.js";
import { partName } from "../part.js";
import { widestFirst } from "./excess-order.js";
import { headlineOf, summary, worstFirst, worstOf } from "./headline.js";
import { code, sentence } from "./markdown-text.js";
import { notLookedAtLine } from "./not-looked-at.js";
import type { Report } from "./report.js";
import { countsOf, profileName } from "./standing-line.js";
import { type Lack, type OpenAnswer, tasksOf } from "./tasks.js";

/** How many characters a report has at most: GitHub takes 65,536 in a comment. */
const MOST_CHARACTERS = 65_000;

/** How many of these the table of principals takes at most, where there is more to say. */
const MOST_OF_PRINCIPALS = 30_000;

/** How many rows say what is in excess. */
const MOST_EXCESS = 50;

/** A comment with this first line is this program's: there is one of them, which is kept up to date. */
const COMMENT_MARK = "<!-- remotion-lambda-terraform verify -->";

/**
 * What was found, for the comment on a pull request: the summary, the principals from the worst to the best, what is
 * to be done, and what is in excess. It is cut between rows where it would be longer than a comment may be.
 *
 * @see https://github.github.com/gfm/
 */
export function markdownReport({ file, reading, outcome }: Report): string {
  const { verified, bystanders, incomplete } = reading;
  const meant = verified.filter(({ standing }) => standing === "meant");
  const { answer, text } = headlineOf(outcome, meant);
  const page = new Page();
  page.write(
    COMMENT_MARK,
    `### ${ICONS[answer]} ${text}`,
    "",
    `${code(file)}: ${summary(verified, bystanders.length)}`,
  );
  page.list(
    [...(incomplete === undefined ? [] : [incomplete]), ...outcome.reasons].map(
      (reason) => `- ${sentence(reason)}`,
    ),
    "reasons",
    MOST_CHARACTERS / 10,
  );
  page.table(
    ["", "Principal", "Part", "Profile", "Allowed", "Missing", "Untold", "Warnings"],
    worstFirst(verified).map(principalRow),
    "principals",
    MOST_OF_PRINCIPALS,
  );
  if (reading.notLookedAt.length > 0) {
    page.write("", notLookedAtLine(reading.notLookedAt));
  }
  const rows = todoRows(meant);
  if (rows.length > 0) {
    page.write("", "#### What to do");
    page.table(["", "Principal", "Permission", "Why", "What to do", "Needed for"], rows, "rows");
  }
  const excess = excessRows(meant);
  if (excess.length > 0) {
    page.write("", "#### In excess of the profile");
    page.table(["Principal", "Permission", "Policy"], excess.slice(0, MOST_EXCESS), "rows");
    page.leftOut(excess.length - MOST_EXCESS, "rows");
  }
  return page.text();
}

const ICONS: Readonly<Record<Answer, string>> = {
  missing: "❌",
  untold: "❔",
  tolerated: "⚠️",
  allowed: "✅",
};

function principalRow(verification: Verification): readonly string[] {
  const { part, standing } = verification;
  const { working, of, missing, untold, warned } = countsOf(verification);
  const zeroIsNothing = (count: number) => (count === 0 ? "" : String(count));
  return [
    standing === "able" ? "➖" : ICONS[worstOf(verification)],
    who(verification),
    partName(part),
    part.grantsAlone ? profileName(verification) : part.profile,
    `${working} of ${of}`,
    ...[missing, untold, warned].map(zeroIsNothing),
  ];
}

function who({ principal, address }: Verification): string {
  return address === "" ? code(principal) : `${code(principal)} ${code(address)}`;
}

/** Those who lack the same, in one row for each action. */
function todoRows(meant: readonly Verification[]): readonly (readonly string[])[] {
  const groups = new Map<Verification["apis"], Verification[]>();
  for (const one of meant) {
    const group = groups.get(one.apis) ?? [];
    groups.set(one.apis, group);
    group.push(one);
  }
  const ofFindings = meant.flatMap((one) =>
    one.findings.map(({ answer, sentence: found, give }) => ({
      answer,
      cells: [who(one), "", sentence(found), give === undefined ? "" : sentence(give), ""],
    })),
  );
  const ofApis = [...groups].flatMap(([apis, [first, ...others]]) =>
    first === undefined
      ? []
      : tasksOf(apis).flatMap(({ answer, what, lacks }) =>
          lacks.map((lack) => ({
            answer,
            cells: [
              others.length === 0 ? who(first) : `${who(first)} and ${others.length} more`,
              permission(lack),
              sentence(lack.because) +
                (lack.where === undefined ? "" : ` ${code(listed(lack.where))}`),
              sentence(what),
              lack.shortApis.length > 3
                ? `${lack.shortApis.slice(0, 3).map(code).join(" ")} and ${lack.shortApis.length - 3} more`
                : lack.shortApis.map(code).join(" "),
            ],
          })),
        ),
  );
  return [...ofFindings, ...ofApis]
    .sort((one, other) => ORDER.indexOf(one.answer) - ORDER.indexOf(other.answer))
    .map(({ answer, cells }) => [ICONS[answer], ...cells]);
}

const ORDER: readonly OpenAnswer[] = ["missing", "untold", "tolerated"];

function permission({ action, resources }: Lack): string {
  const [first = "", ...others] = resources;
  return `${code(action)} on ${code(first)}${others.length === 0 ? "" : ` and ${others.length} more`}`;
}

function excessRows(meant: readonly Verification[]): readonly (readonly string[])[] {
  return meant.flatMap((one) =>
    widestFirst(one.excess).map(({ policy, action, resource }) => [
      who(one),
      `${code(action)} on ${code(resource)}`,
      code(policy),
    ]),
  );
}

/** Room for the sentences about what is left out, which are written in any case. */
const RESERVED = 1000;

/** A text that grows no longer than it may. */
class Page {
  readonly #lines: string[] = [];
  #length = 0;

  /** Lines of our own, which are short and few. */
  write(...lines: readonly string[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#length += line.length + 1;
    }
  }

  /**
   * As many lines as there is room for, and how many are left out.
   *
   * @param most how many characters they may take @default what is left
   */
  list(lines: readonly string[], what: string, most = MOST_CHARACTERS): void {
    const end = Math.min(this.#length + most, MOST_CHARACTERS - RESERVED);
    for (const [index, line] of lines.entries()) {
      if (this.#length + line.length + 1 > end) {
        this.leftOut(lines.length - index, what);
        return;
      }
      this.write(line);
    }
  }

  /** Likewise the rows of a table. */
  table(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    what: string,
    most?: number,
  ): void {
    if (rows.length > 0) {
      this.write("", row(head), row(head.map(() => "---")));
      this.list(rows.map(row), what, most);
    }
  }

  leftOut(count: number, what: string): void {
    if (count > 0) {
      this.write("", `${count} more ${what} are left out: \`verify --all\` tells them.`);
    }
  }

  text(): string {
    return this.#lines.join("\n");
  }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
