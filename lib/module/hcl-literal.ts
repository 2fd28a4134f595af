import { hclHeredoc, quoted } from "./hcl-value.js";
import { PAGE_WIDTH } from "./wrap.js";

/** A description has this much of the page: its name stands before it, and a margin. */
const LITERAL_WIDTH = PAGE_WIDTH - "  description = ".length;

/**
 * A text without templates as lines of HCL: in quotes, or as a heredoc where it takes more than a line. It is said to
 * Terraform before there are functions, so it cannot be joined of parts.
 */
export function hclLiteral(text: string): string[] {
  const whole = quoted(text);
  return whole.length > LITERAL_WIDTH ? hclHeredoc(text, LITERAL_WIDTH) : [whole];
}

/** What Terraform reads where {@link hclLiteral} has written a text: that of a heredoc is folded. */
export function readFromHcl(text: string): string {
  const [opened, ...lines] = hclLiteral(text);
  if (lines.length === 0 || opened?.startsWith("<<-") !== true) {
    return text;
  }
  const inside = lines.slice(0, -1).map((line) => `${line.slice("  ".length)}\n`);
  return inside.join("").replace(/([$%])\1\{/g, "$1{");
}
