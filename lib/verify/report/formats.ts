/** What a report is written as. */
export const FORMATS = ["text", "markdown", "html", "sarif", "junit", "json"] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];
