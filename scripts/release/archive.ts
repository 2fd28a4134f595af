import { strToU8, zipSync } from "fflate";

/**
 * When every file in an archive was made, as npm has it. A zip notes the time of the clock on the wall, so this is the
 * same in every time zone.
 */
const made = () => new Date(1985, 9, 26, 8, 15, 0);

/** Made on Unix, so that modes are read. */
const UNIX = 3;

/** A plain file that its owner writes and everybody reads, where a zip has it. */
const MODE = (0o100644 << 16) >>> 0;

/**
 * A zip of text files, to the same bytes from the same files: by name, with one time and one mode, and compressed by
 * JavaScript, for Node.js has another zlib for each processor and release.
 *
 * @param files path, with `/` → text
 */
export function zipOf(files: ReadonlyMap<string, string>): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { level: 9, mtime: made(), os: UNIX, attrs: MODE });
}
