/** Further from what was given, in characters, nothing is proposed. */
const FURTHEST = 3;

/**
 * A question that proposes the name nearest to the one given, with a space before it; empty where none is near,
 * which is one wrong character in three, and where the name given begins none.
 */
export function didYouMean(given: string, known: readonly string[], prefix = ""): string {
  const text = given.toLowerCase();
  let nearest = known.find((name) => text.length >= 3 && name.toLowerCase().startsWith(text));
  let least = Math.min(FURTHEST, Math.ceil(text.length / 3)) + 1;
  for (const name of nearest === undefined ? known : []) {
    const distance = distanceOf(text, name.toLowerCase(), least);
    if (distance < least) {
      nearest = name;
      least = distance;
    }
  }
  return nearest === undefined ? "" : ` Did you mean ${prefix}${nearest}?`;
}

/**
 * How many characters have to be added, removed, replaced or swapped with their neighbour to make a text of
 * another: the optimal string alignment distance. At least `most` where it is no less.
 */
function distanceOf(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) {
    return most;
  }
  let twoBefore: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line[column] = Math.min(
        at(before, column) + 1,
        at(line, column - 1) + 1,
        at(before, column - 1) + (same ? 0 : 1),
        swapped ? at(twoBefore, column - 2) + 1 : most,
      );
    }
    [twoBefore, before] = [before, line];
  }
  return at(before, b.length);
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Number.POSITIVE_INFINITY;
}
