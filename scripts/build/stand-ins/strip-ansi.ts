/** In place of strip-ansi: there are no colours in the help. */
export default function stripAnsi(text: string): string {
  return text;
}
