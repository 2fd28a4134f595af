import { endOfQuotes } from "./template.js";

/**
 * Aligns the equals signs of neighbouring one-line arguments, as `terraform fmt` does: a blank line,
 * a comment, a block or an argument that goes on over several lines ends a group.
 */
export function alignAssignments(lines: readonly string[]): string[] {
  const result = [...lines];
  let group: { index: number; name: string; value: string }[] = [];
  const closeGroup = () => {
    const width = Math.max(0, ...group.map(({ name }) => columns(name)));
    for (const { index, name, value } of group) {
      result[index] = `${name}${" ".repeat(width - columns(name))} = ${value}`;
    }
    group = [];
  };
  let marker: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (marker !== undefined) {
      // A heredoc is a part of the line that it begins on.
      marker = line.trim() === marker ? undefined : marker;
      continue;
    }
    marker = /= <<-(\w+)$/.exec(line)?.[1];
    const assignment = oneLineAssignment(line);
    if (assignment === undefined) {
      closeGroup();
    } else {
      group.push({ index, ...assignment });
    }
  }
  closeGroup();
  return result;
}

const OPENING = new Set(["(", "[", "{"]);
const CLOSING = new Set([")", "]", "}"]);

/** The two sides of the first equals sign, if the right side closes every bracket that it opens. */
function oneLineAssignment(line: string): { name: string; value: string } | undefined {
  if (!line.includes("=")) {
    return undefined;
  }
  let sign: number | undefined;
  let open = 0;
  let at = 0;
  while (at < line.length) {
    const character = line[at] ?? "";
    if (character === '"') {
      const end = endOfQuotesOnLine(line, at);
      if (end === undefined) {
        return undefined;
      }
      at = end;
      continue;
    }
    if (sign === undefined && character === "#") {
      return undefined;
    }
    if (sign === undefined && isAssignment(line, at)) {
      sign = at;
    } else if (sign !== undefined) {
      open += OPENING.has(character) ? 1 : CLOSING.has(character) ? -1 : 0;
    }
    at += 1;
  }
  if (sign === undefined || open !== 0) {
    return undefined;
  }
  return { name: line.slice(0, sign).trimEnd(), value: line.slice(sign + 1).trim() };
}

/** Characters as a reader sees them: one for an emoji, whatever it is made of. */
function columns(text: string): number {
  // A segmenter takes its time to load, and nearly every name is ASCII.
  return ASCII.test(text) ? text.length : [...new Intl.Segmenter().segment(text)].length;
}

const ASCII = /^[\x20-\x7e]*$/;

/** Index just after a quoted string; undefined where it goes on on the next line. */
function endOfQuotesOnLine(line: string, from: number): number | undefined {
  try {
    return endOfQuotes(line, from);
  } catch {
    return undefined;
  }
}

/** Whether the character is an equals sign of its own, and no part of ==, =>, !=, <= or >=. */
function isAssignment(line: string, at: number): boolean {
  const before = line[at - 1] ?? "";
  const after = line[at + 1] ?? "";
  return line[at] === "=" && !"=!<>".includes(before || " ") && after !== "=" && after !== ">";
}
