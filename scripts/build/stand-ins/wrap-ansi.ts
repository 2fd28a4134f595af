/** In place of wrap-ansi, for text without colours: lines of words, up to a number of columns. */
export default function wrap(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, columns).join("\n"))
    .join("\n");
}

function wrapLine(line: string, columns: number): string[] {
  const rows = [""];
  for (const word of line.trim().split(" ")) {
    const row = rows.at(-1) ?? "";
    if (row !== "" && row.length + 1 + word.length > columns) {
      rows.push(...piecesOf(word, columns));
    } else {
      const [first = "", ...more] = piecesOf(row === "" ? word : `${row} ${word}`, columns);
      rows.splice(-1, 1, first, ...more);
    }
  }
  return rows.map((row) => row.trimEnd());
}

/** The text itself, or pieces of it where it is wider than the columns. */
function piecesOf(text: string, columns: number): string[] {
  const pieces = [];
  for (let from = 0; from < text.length || from === 0; from += columns) {
    pieces.push(text.slice(from, from + columns));
  }
  return pieces;
}
