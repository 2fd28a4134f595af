import type { Reading } from "../terraform/principal.js";

/** The number of the account that a file is the answer of, where that is another than the one that is given. */
export function otherAccount(
  { source, principals }: Reading,
  given: string | undefined,
): string | undefined {
  const [own] = principals.flatMap(
    ({ arn }) => /^arn:[^:]+:iam::(\d{12}):/.exec(arn ?? "")?.[1] ?? [],
  );
  return source !== "account" || given === undefined || own === given ? undefined : own;
}
