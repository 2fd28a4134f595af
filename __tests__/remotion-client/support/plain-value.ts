/**
 * A value that Remotion gave, or a text that a command printed, as a text that is the same whenever
 * the same is done: without times, without names that are made up anew, and without this machine.
 *
 * @param local what is this machine's, and changes from run to run: folders, addresses
 */
export function plainValue(value: unknown, local: readonly string[]): string {
  return typeof value === "string"
    ? plainOutput(value, local)
    : plainText(JSON.stringify(plain(value), null, 1) ?? "undefined", local);
}

/** Names of members that hold a time, or what is computed from times. */
const TIMED =
  /time|date|duration|lastModified|doneIn|cost|price|accrued|started|launched|opened|validated/i;

function plain(value: unknown): unknown {
  if (typeof value === "function") return "<function>";
  if (value instanceof Date) return "<time>";
  if (ArrayBuffer.isView(value)) return "<bytes>";
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return `<${value.constructor.name}>`;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === "number" && TIMED.test(name) ? "<time>" : plain(member),
    ]),
  );
}

/** What a command printed: each line once, and sorted, since it prints of its progress when it likes. */
function plainOutput(output: string, local: readonly string[]): string {
  const lines = plainText(output, local).split("\n");
  return [...new Set(lines.map((line) => line.trim()))].sort().join("\n");
}

const CHANGING: ReadonlyArray<readonly [pattern: RegExp, instead: string]> = [
  // That stand-ins have no version.
  [/-{9,}\nVersion mismatch:.*?\n-{9,}\n/gs, ""],
  // Colours and movements of the cursor.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's escape is one.
  [/\u001b\[[0-9;?]*[A-Za-z]|\r/g, ""],
  [/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "<time>"],
  [/(?<![\w-])\d+(?:\.\d+)?\s?(?:ms|sec|s)\b/g, "<time>"],
  [/(X-Amz-(?:Date|Signature))=\w+/g, "$1=<time>"],
  // Where in the code an error came about.
  [/(?:\n|\\n)\s+at [^\n"]*/g, ""],
  // A bucket's name, a site's and those of uploaded props are made of ten letters and digits.
  [/(remotionlambda-[a-z0-9]+-|sites\/|input-props\/|Name": ")[a-z0-9]{10}\b/g, "$1<name>"],
];

function plainText(text: string, local: readonly string[]): string {
  const here = local.reduce((done, part) => done.replaceAll(part, "<local>"), text);
  return CHANGING.reduce((done, [pattern, instead]) => done.replace(pattern, instead), here);
}
