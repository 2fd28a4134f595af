/** A comment in HCL that tells a linter to leave something out. */
const SKIP_COMMENT = /^\s*#\s*((?:checkov:skip=|trivy:ignore:).*)$/;

/** Whether a line of HCL is one. */
export function isSkipComment(line: string): boolean {
  return SKIP_COMMENT.test(line);
}

/** What linters are told in a file of HCL: address of the resource, and the comment without its sign. */
export function skipCommentsIn(
  text: string,
): { readonly address: string; readonly comment: string }[] {
  const lines = text.split("\n");
  const header = (line: string) => /^resource "(\w+)" "(\w+)"/.exec(line);
  return lines.flatMap((line, index) => {
    const [, comment] = SKIP_COMMENT.exec(line) ?? [];
    if (comment === undefined) {
      return [];
    }
    // One for trivy stands right above the block, one for checkov at its top.
    const found = line.startsWith("#")
      ? lines.slice(index).find(header)
      : lines.slice(0, index).findLast(header);
    const [, type = "", name = ""] = header(found ?? "") ?? [];
    return [{ address: `${type}.${name}`, comment }];
  });
}
