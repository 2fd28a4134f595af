/**
 * Whether some text fits both patterns, in which `*` stands for any text and `?` for one character. Takes the
 * product of their lengths.
 */
export function patternsOverlap(one: string, other: string): boolean {
  // Row by row: whether what is left of `one` and of `other` can be the same text.
  let below = rowAtEnd(other);
  for (let left = one.length - 1; left >= 0; left--) {
    const row = new Array<boolean>(other.length + 1).fill(false);
    row[other.length] = one[left] === "*" && (below[other.length] ?? false);
    for (let right = other.length - 1; right >= 0; right--) {
      const a = one[left];
      const b = other[right];
      row[right] =
        a === "*" || b === "*"
          ? // The star ends here, or takes one more of the other.
            (a === "*" && (below[right] ?? false)) ||
            (a === "*" && (row[right + 1] ?? false)) ||
            (b === "*" && (row[right + 1] ?? false)) ||
            (b === "*" && (below[right] ?? false))
          : (a === b || a === "?" || b === "?") && (below[right + 1] ?? false);
    }
    below = row;
  }
  return below[0] ?? false;
}

function rowAtEnd(other: string): boolean[] {
  const row = new Array<boolean>(other.length + 1).fill(false);
  row[other.length] = true;
  for (let right = other.length - 1; right >= 0 && other[right] === "*"; right--) {
    row[right] = true;
  }
  return row;
}
