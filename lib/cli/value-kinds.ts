/*
 * What the value of an option or a positional names, for the completion of shells: spread into its definition.
 * yargs itself takes no notice.
 */

/** The value is the path of a file. */
export const FILE = { names: "file" } as const;

/** The value is the path of a folder. */
export const FOLDER = { names: "folder" } as const;

/** The value is `SOMETHING=FILE`. */
export const EQUALS_FILE = { names: "file-behind-equals" } as const;

/** What a value may name. */
export type ValueKind = (typeof FILE | typeof FOLDER | typeof EQUALS_FILE)["names"];
