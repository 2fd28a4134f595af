import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import type { PolicyDocument } from "../iam/policy-document.js";
import { isAllow, listOf, statementsOf } from "./statements.js";

/** What an ARN names of Remotion's buckets or functions, part by part. */
interface NamedThere {
  readonly kind: "bucket" | "function";
  readonly region: string;
  readonly account: string;
  readonly name: string;
}

/** The option of `verify` that says a part. */
const OPTIONS = { region: "--region", account: "--account" } as const;

/**
 * Where a document has a wildcard that the policies of a file have not, for buckets or for functions: the options
 * that say what is meant. Nothing where the file names none of that kind.
 *
 * @param document what is to be added
 * @param documents what is there
 */
export function widerThan(
  document: PolicyDocument,
  documents: readonly unknown[],
): readonly string[] {
  const there = documents.flatMap(statementsOf).filter(isAllow).flatMap(namedIn);
  const added = document.Statement.flatMap(({ Resource }) => Resource).flatMap(namedBy);
  const options = added.flatMap((one) => {
    const alike = there.filter(({ kind }) => kind === one.kind);
    return alike.length === 0
      ? []
      : (["region", "account", "name"] as const)
          .filter((part) => /[*?]/.test(one[part]))
          .filter((part) => !alike.some((other) => covers(other[part], one[part])))
          .map((part) => (part === "name" ? `--${one.kind}` : OPTIONS[part]));
  });
  return [...new Set(options)];
}

function covers(wide: string, narrow: string): boolean {
  return matchesGlob(parseGlob(wide), narrow);
}

function namedIn(statement: Readonly<Record<string, unknown>>): readonly NamedThere[] {
  return listOf(statement["Resource"]).flatMap(namedBy);
}

/** Remotion's buckets and functions, whose names a region's buckets share but for the region. */
function namedBy(arn: string): readonly NamedThere[] {
  const [, , service, region = "", account = "", ...rest] = arn.split(":");
  const resource = rest.join(":");
  const [bucket = ""] = resource.split("/");
  if (service === "s3" && bucket.startsWith("remotionlambda")) {
    const name = bucket.replace(/^remotionlambda-[a-z0-9]+-\*$/, "remotionlambda-*");
    return [{ kind: "bucket", region, account, name }];
  }
  const [, name] = /^(?:function:|log-group:\/aws\/lambda\/)(remotion-[^:]*)/.exec(resource) ?? [];
  return name === undefined || (service !== "lambda" && service !== "logs")
    ? []
    : [{ kind: "function", region, account, name }];
}
