/** The description of a list of objects: a line for each of their attributes, as a sentence without its subject. */
export function attributes(what: string, of: Readonly<Record<string, string>>): string {
  return [what, ...Object.entries(of).map(([name, text]) => `- ${name}: ${text}`)].join("\n");
}
