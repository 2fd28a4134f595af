/** From how many bytes on a file may be larger than memory: what is smaller fits into it, and is read once. */
export const LONG_FILE = 50_000_000;
