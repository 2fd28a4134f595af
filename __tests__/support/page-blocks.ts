/**
 * The blocks of a language in a section of a page.
 *
 * @param heading `## Testing`
 * @param language as it stands behind the fence: `hcl`
 */
export function blocksIn(page: string, heading: string, language: string): string[] {
  const start = page.indexOf(`\n${heading}\n`);
  if (start === -1) {
    throw new Error(`There is no section ${heading}.`);
  }
  const [section = ""] = page.slice(start + heading.length + 2).split("\n## ");
  const fenced = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms");
  return Array.from(section.matchAll(fenced), ([, text = ""]) => text);
}
