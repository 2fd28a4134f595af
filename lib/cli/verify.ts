import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { templateReader } from "../cloudformation/template-reader.js";
import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { PolicyError } from "../iam/evaluate/errors.js";
import type { Partition } from "../iam/partition.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import { readPrincipals } from "../reading/read-principals.js";
import { UnknownReleaseError } from "../remotion/errors.js";
import { releaseInPackageJson } from "../remotion/package-version.js";
import {
  ROLE_PROFILES,
  type RoleProfile,
  USER_PROFILES,
  type UserProfile,
} from "../remotion/profile-names.js";
import { lacksCall, needsOfRelease, type ReleaseNeeds } from "../remotion/releases.js";
import type { Reading } from "../terraform/principal.js";
import { Accepted } from "../verify/accepted.js";
import { listed } from "../verify/listed.js";
import { otherAccount } from "../verify/other-account.js";
import { type Outcome, outcomeOf } from "../verify/outcome.js";
import type { Part } from "../verify/part.js";
import { fixReport } from "../verify/report/fix-report.js";
import type { Format } from "../verify/report/formats.js";
import { notLookedAtLine } from "../verify/report/not-looked-at.js";
import { printable } from "../verify/report/printable.js";
import { brief } from "../verify/report/standing-line.js";
import { writeReport } from "../verify/report/write-report.js";
import { SureBystanders } from "../verify/sure-bystanders.js";
import { policiesOfOutsider, unknownNames } from "../verify/unknown-names.js";
import type { NamedPart, VerifyOptions } from "../verify/verify-options.js";
import { type VerifiedReading, verifyReading } from "../verify/verify-reading.js";
import type { Console } from "./console.js";
import {
  fixInOtherFormat,
  invalidParameterOption,
  invalidPart,
  invalidPolicyOption,
  noPolicyInFile,
  ofOtherAccount,
  otherPolicyInFile,
  parametersWithoutTemplate,
  twoFormats,
  UsageError,
  unknownPrincipals,
} from "./errors.js";
import { parseOutputBucket } from "./output-bucket-option.js";
import { givenOutside, type OutsideArguments } from "./outside-options.js";
import { scopeOf } from "./policy.js";
import { readInput, withInput, withInputs } from "./read-input.js";
import { parseSettings, SETTINGS_FILE, type VerifySettings } from "./verify-settings.js";
import { VERSION } from "./version.js";

/** What `verify` was asked for, as the command line has it. */
export interface VerifyArguments extends OutsideArguments {
  /** Paths of the files, or `-` for standard input: one, or several answers of AWS. */
  readonly file: readonly string[];
  readonly user: readonly string[] | undefined;
  readonly caller: readonly string[] | undefined;
  readonly role: readonly string[] | undefined;
  readonly profile: UserProfile | undefined;
  readonly roleProfile: RoleProfile | undefined;
  readonly principal: string | undefined;
  readonly as: Part["actor"] | undefined;
  readonly outputBucket: readonly string[] | undefined;
  readonly policy: readonly string[] | undefined;
  readonly parameter: readonly string[] | undefined;
  readonly remotion: string | undefined;
  readonly allowUntold: boolean | undefined;
  readonly failOn: readonly string[] | undefined;
  readonly forbid: readonly string[] | undefined;
  readonly options: string | undefined;
  readonly json: boolean;
  /** @default "text", or "json" where that is asked for */
  readonly format: Format | undefined;
  readonly all: boolean;
  /** Whether what would give what is missing is written in place of the report. */
  readonly fix: boolean;
  readonly partition: Partition | undefined;
  readonly region: readonly string[];
  readonly account: string | undefined;
  readonly bucket: readonly string[];
  readonly function: readonly string[];
  readonly lambdaRoleName: string | undefined;
  readonly lambdaRolePath: string | undefined;
}

/**
 * Says whether what is in a file lets Remotion work.
 *
 * @returns the exit code: 0 nothing is missing; 1 something is, or too much is granted; 3 nothing is missing,
 * and something is not told
 * @throws UsageError when the file cannot be read, holds no IAM, or an option is wrong
 */
export function verify(args: VerifyArguments, console: Console): 0 | 1 | 3 {
  const format = formatOf(args);
  const settings = settingsOf(args.options);
  const now = new Date();
  const needs = needsOf(args, settings);
  const options = optionsOf(args, settings, now, needs);
  const reading = read(args, settings, options);
  const result = verifyReading(reading, options);
  const accepted = new Accepted(settings.accepted ?? [], now.toISOString().slice(0, 10));
  const failOn = failOnOf(args, settings);
  const strictness = {
    excess: failOn.includes("excess"),
    tolerated: failOn.includes("tolerated"),
    allowUntold: args.allowUntold ?? settings.allowUntold ?? false,
  };
  const outcome = outcomeOf(result, strictness, accepted);
  const { all, fix } = args;
  const report = {
    file: filesOf(args),
    reading: result,
    outcome,
    strictness,
    accepted,
    version: VERSION,
    ...(needs === undefined ? {} : { remotion: needs.readAs }),
  };
  // A file of policies that has nobody of Remotion's has no line.
  const written =
    format === "text" && fix ? fixReport(result.verified) : writeReport(format, report, all);
  if (written !== "") {
    console.result(written);
  } else if (fix) {
    console.note(
      "Nothing is missing of those who are there for Remotion, so there is nothing to add.",
    );
  }
  if (format === "text") {
    writeNotes(args, result, outcome, console);
  }
  for (const { action, until, reason } of accepted.expired) {
    console.note(printable(`${action} was accepted until ${until} (${reason}), and is no longer.`));
  }
  if (needs?.remark !== undefined) {
    console.note(printable(needs.remark));
  }
  return outcome.exitCode;
}

function formatOf({ json, format, fix }: VerifyArguments): Format {
  if (json && format !== undefined && format !== "json") {
    throw twoFormats(format);
  }
  if (fix && format !== undefined && format !== "text" && format !== "json") {
    throw fixInOtherFormat(format);
  }
  return format ?? (json ? "json" : "text");
}

/** The files, as a message begins with them. */
function filesOf({ file: [first = "", ...others] }: VerifyArguments): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function failOnOf({ failOn }: VerifyArguments, settings: VerifySettings): readonly string[] {
  return failOn ?? settings.failOn ?? [];
}

function writeBystanders(
  heading: string,
  names: readonly string[],
  all: boolean,
  console: Console,
): void {
  if (names.length > 0) {
    const shown = (name: string, index: number) => (index < MOST_BYSTANDERS ? brief(name) : name);
    console.note(
      all
        ? [heading, ...names.map((name) => printable(`  ${brief(name)}`))].join("\n")
        : printable(`${heading} ${listed(names.map(shown), MOST_BYSTANDERS)}.`),
    );
  }
}

/** How many lines and names there are of what is not about one principal. */
const MOST_REASONS = 10;
const MOST_BYSTANDERS = 20;

function writeNotes(
  args: VerifyArguments,
  { verified, bystanders, unclear, incomplete, notLookedAt, unused }: VerifiedReading,
  { complete, exitCode, reasons }: Outcome,
  console: Console,
): void {
  const { all } = args;
  const further = all ? 0 : reasons.length - MOST_REASONS;
  for (const reason of further > 0 ? reasons.slice(0, MOST_REASONS) : reasons) {
    console.note(printable(reason));
  }
  if (further > 0) {
    console.note(`And ${further} more of that kind (--all).`);
  }
  const notTold = new Set(unclear);
  const clear = notTold.size === 0 ? bystanders : bystanders.filter((name) => !notTold.has(name));
  writeBystanders("Nothing to do with Remotion:", clear, all, console);
  writeBystanders(
    "Nothing to do with Remotion by what is told, while some of their policies are not:",
    unclear,
    all,
    console,
  );
  if (incomplete !== undefined) {
    console.note(printable(incomplete));
  }
  for (const sentence of unused) {
    console.note(printable(sentence));
  }
  if (notLookedAt.length > 0) {
    console.note(notLookedAtLine(notLookedAt));
  }
  if (!verified.some(({ standing }) => standing === "meant")) {
    console.note(
      `Nobody in ${printable(filesOf(args))} is there for Remotion, as far as the file says: name somebody with --user NAME=PROFILE, --caller NAME=PROFILE, --role NAME=PROFILE or --principal NAME.`,
    );
  } else if (complete === "untold" && exitCode === 3) {
    console.note(
      "Nothing is missing, and something is not told: give what the report names, or --allow-untold.",
    );
  }
}

/** The file of options that is named, or that lies here. */
function settingsOf(named: string | undefined): VerifySettings {
  if (named === undefined && !existsSync(SETTINGS_FILE)) {
    return {};
  }
  const file = named ?? SETTINGS_FILE;
  return parseSettings(readInput(file), file);
}

function optionsOf(
  args: VerifyArguments,
  settings: VerifySettings,
  now: Date,
  needs: ReleaseNeeds | undefined,
): VerifyOptions {
  const profile = args.profile ?? (settings.profile as UserProfile | undefined);
  const roleProfile = args.roleProfile ?? (settings.roleProfile as RoleProfile | undefined);
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(roleProfile === undefined ? {} : { roleProfile }),
    ...(args.as === undefined ? {} : { actor: args.as }),
    ...(args.principal === undefined ? {} : { principal: args.principal }),
    named: namedParts(args, settings),
    scope: {
      ...(args.partition === undefined ? {} : { partition: args.partition }),
      ...scopeOf({
        regions: orSettings(args.region, settings.regions),
        accountId: args.account ?? settings.account,
        bucketNames: orSettings(args.bucket, settings.buckets),
        functionNames: orSettings(args.function, settings.functions),
        lambdaRoleName: args.lambdaRoleName,
        lambdaRolePath: args.lambdaRolePath,
      }),
    },
    outputBuckets: (args.outputBucket ?? settings.outputBuckets ?? []).map(parseOutputBucket),
    ...givenOutside(args, settings),
    forbid: args.forbid ?? settings.forbid ?? [],
    fixes: args.fix,
    tellsShares: args.format === "html",
    excessFails: failOnOf(args, settings).includes("excess"),
    ...(needs === undefined ? {} : { makes: (actor, call) => !lacksCall(needs, actor, call) }),
    now,
  };
}

function orSettings(
  given: readonly string[],
  settings: readonly string[] | undefined,
): readonly string[] {
  return given.length > 0 ? given : (settings ?? []);
}

const PART_OPTIONS = [
  { option: "user", key: "users", actor: "user", profiles: USER_PROFILES },
  { option: "caller", key: "callers", actor: "user", profiles: USER_PROFILES },
  { option: "role", key: "roles", actor: "role", profiles: ROLE_PROFILES },
] as const;

/** The parts that are named: those of the command line before those of the file. */
function namedParts(args: VerifyArguments, settings: VerifySettings): readonly NamedPart[] {
  const given = PART_OPTIONS.flatMap(({ option, actor, profiles }) =>
    (args[option] ?? []).map((value) => parsePart(value, option, actor, profiles)),
  );
  const inFile = PART_OPTIONS.flatMap(({ key, actor }) =>
    Object.entries(settings[key] ?? {}).map(
      ([name, profile]): NamedPart => ({ name, actor, profile: profile as UserProfile }),
    ),
  );
  return [...given, ...inFile];
}

/** Reads `NAME=PROFILE`; names and addresses may hold an equals sign. */
function parsePart(
  value: string,
  option: string,
  actor: Part["actor"],
  profiles: readonly (UserProfile | RoleProfile)[],
): NamedPart {
  const at = value.lastIndexOf("=");
  const profile = profiles.find((one) => one === value.slice(at + 1));
  const name = at > 0 && profile !== undefined ? value.slice(0, at) : value;
  if (name === "" || at === 0 || (profile === undefined && /=[a-z]*$/.test(value))) {
    throw invalidPart(option, value, profiles);
  }
  return { name, actor, ...(profile === undefined ? {} : { profile }) };
}

function read(args: VerifyArguments, settings: VerifySettings, options: VerifyOptions): Reading {
  try {
    const policies = givenPolicies(args.policy, settings.policies);
    const parameters = givenParameters(args, settings);
    const templates = templateReader(new Map([...pseudoParameters(options), ...parameters]));
    const reading = withInputs(args.file, (sources) =>
      readPrincipals(sources, { policies, templates, bystanders: new SureBystanders(options) }),
    );
    if (parameters.size > 0 && reading.source !== "template") {
      throw parametersWithoutTemplate(args.file.join(", "));
    }
    const unknown = unknownNames(reading, options);
    if (unknown.length > 0) {
      const { principals, bystanders = [] } = reading;
      const known = [...principals.map(({ name }) => name), ...bystanders].map(printable);
      const attached = policiesOfOutsider(reading, unknown[0] ?? "").map(printable);
      throw unknownPrincipals(unknown, filesOf(args), known, attached);
    }
    const other = otherAccount(reading, options.scope.accountId);
    if (other !== undefined) {
      throw ofOtherAccount(filesOf(args), other);
    }
    checkDocument(reading);
    return reading;
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof PolicyError) {
      throw new UsageError(`${filesOf(args)}: ${error.message}`);
    }
    throw error;
  }
}

/** A file that is one policy, and none that IAM takes, is no file to verify. @throws PolicyError */
function checkDocument({ source, principals }: Reading): void {
  if (source === "policy") {
    for (const { name, document } of principals.flatMap(({ policies }) => policies)) {
      compilePolicy(document, name);
    }
  }
}

/** The values of a template's parameters: those of the command line before those of the file of options. */
function givenParameters(
  { parameter = [] }: VerifyArguments,
  { parameters = {} }: VerifySettings,
): ReadonlyMap<string, string> {
  const pairs = parameter.map((option): [string, string] => {
    const at = option.indexOf("=");
    if (at < 1) {
      throw invalidParameterOption(option);
    }
    return [option.slice(0, at), option.slice(at + 1)];
  });
  return new Map([...Object.entries(parameters), ...pairs]);
}

/** What other options say of a stack: it is in the account that Remotion is used in. */
function pseudoParameters({ scope }: VerifyOptions): [string, string][] {
  const { accountId, partition } = scope;
  return [
    ...(accountId === undefined ? [] : [["AWS::AccountId", accountId] as [string, string]]),
    ...(partition === undefined ? [] : [["AWS::Partition", partition] as [string, string]]),
  ];
}

/** The policies that are given beside the file: ARN → document. */
function givenPolicies(
  options: readonly string[] = [],
  settings: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, unknown> {
  const pairs = options.map((option): [string, string] => {
    const at = option.indexOf("=");
    if (at < 1 || at === option.length - 1) {
      throw invalidPolicyOption(option);
    }
    return [option.slice(0, at), option.slice(at + 1)];
  });
  return new Map(
    [...Object.entries(settings), ...pairs].map(([arn, file]) => [arn, policyIn(file)]),
  );
}

function policyIn(file: string): unknown {
  const reading = (() => {
    try {
      return withInput(file, readPrincipals);
    } catch (error) {
      if (error instanceof UnreadableFile) {
        throw new UsageError(`${file}: ${error.message}`);
      }
      throw error;
    }
  })();
  if (reading.source !== "policy") {
    throw noPolicyInFile(file, reading.source);
  }
  const [note] = reading.principals.flatMap(({ notes }) => notes);
  if (note !== undefined) {
    throw otherPolicyInFile(file, note);
  }
  return reading.principals.flatMap(({ policies }) => policies)[0]?.document;
}

/** What the release that is used needs: the one given, or that of a package.json beside the file or above. */
function needsOf(args: VerifyArguments, settings: VerifySettings): ReleaseNeeds | undefined {
  const given = args.remotion ?? settings.remotion;
  if (given !== undefined) {
    return releaseGiven(given);
  }
  const [file = "-"] = args.file;
  const found = file === "-" ? undefined : releaseBeside(file);
  try {
    return found === undefined ? undefined : needsOfRelease(found);
  } catch (error) {
    if (error instanceof UnknownReleaseError) {
      // Nobody asked for it: the newest release's needs count.
      return undefined;
    }
    throw error;
  }
}

function releaseGiven(version: string): ReleaseNeeds {
  try {
    return needsOfRelease(version);
  } catch (error) {
    throw error instanceof UnknownReleaseError ? new UsageError(error.message) : error;
  }
}

function releaseBeside(file: string): string | undefined {
  const folder = dirname(resolve(file));
  for (const place of [folder, dirname(folder)]) {
    const path = join(place, "package.json");
    const found = existsSync(path) ? releaseInPackageJson(readInput(path)) : undefined;
    if (found !== undefined) {
      // A range may be installed as a newer release, which may need more.
      return found.exact ? found.version : undefined;
    }
  }
  return undefined;
}
