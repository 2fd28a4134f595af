/** Enough to know a value again, and not enough to flood a terminal. */
const MAX_LENGTH = 200;

/**
 * Text from a file as it may stand in a message: short, and without control characters, which a
 * terminal would obey.
 */
export function shown(text: string): string {
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    escaped,
  );
}

/** An address or a name: as it is where it is harmless, in quotes where not. */
export function shownAddress(text: string): string {
  return /^[\w.,:;+=@*/"'[\]()#$-]{1,200}$/.test(text) ? text : shown(text);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
