/* How the lines of Terragrunt's log begin, in each of its formats. */
const LOG_LINE =
  /^(?:\[terragrunt\]|time=\S+ level=\w+|\d\d:\d\d:\d\d\.\d{3} (?:STDOUT|STDERR|FATAL|ERROR|WARN|INFO|DEBUG|TRACE)\b)/;

/** What Terragrunt writes before a line that Terraform has written. */
const FORWARDED = /^\d\d:\d\d:\d\d\.\d{3} STDOUT +(?:\[[^\]]*\] )?(?:terraform|tofu): /;

/** Whether a text begins with a line of Terragrunt's log. */
export function beginsTerragruntLog(text: string): boolean {
  return LOG_LINE.test(text);
}

/**
 * How long the log is that Terragrunt writes before the JSON, where both go to one file (`2>&1`). It is nothing
 * but lines that are known to be of that log; the JSON begins at the beginning of a line, or behind what
 * Terragrunt writes before Terraform's.
 *
 * @param text the beginning of a file
 * @returns bytes; all that is not a whole line of the log is no more of it
 * @see https://terragrunt.gruntwork.io/docs/features/log-formatting/
 */
export function terragruntLogLength(text: string): number {
  let at = 0;
  for (;;) {
    const newline = text.indexOf("\n", at);
    const line = text.slice(at, newline === -1 ? text.length : newline);
    const [forwarded = ""] = FORWARDED.exec(line) ?? [];
    if (forwarded !== "" && /^[{[]/.test(line.slice(forwarded.length))) {
      return Buffer.byteLength(text.slice(0, at)) + forwarded.length;
    }
    if (newline === -1 || (line.trim() !== "" && !LOG_LINE.test(line))) {
      return Buffer.byteLength(text.slice(0, at));
    }
    at = newline + 1;
  }
}
