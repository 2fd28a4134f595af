import { shown } from "../json/shown.js";
import { printable } from "../verify/report/printable.js";
import { didYouMean } from "./did-you-mean.js";

/** The call itself is wrong: the command line ends with 2 and not with 1. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** There is no command of that name. */
export function unknownCommand(name: string, known: readonly string[]): UsageError {
  const meant = didYouMean(name, known) || ` Choose among ${known.join(", ")}.`;
  return new UsageError(`There is no command ${shown(name)}.${meant}`);
}

/** An option that takes a value was given none. */
export function optionWithoutValue(
  option: string,
  choices: readonly string[] | undefined,
): UsageError {
  const among = choices === undefined ? "" : `: one of ${choices.join(", ")}`;
  return new UsageError(`--${option} needs a value${among}.`);
}

/** An option that is there or not was given another value, which yargs would take for `false`. */
export function flagWithValue(option: string, value: string): UsageError {
  return new UsageError(
    `--${option} is ${shown(value)}, which is neither true nor false: give --${option} alone, or --no-${option}.`,
  );
}

/** A completion was asked for without a shell, and the user's own is none that is known. */
export function unknownShell(path: string, known: readonly string[]): UsageError {
  return new UsageError(
    `The variable SHELL is ${shown(path)}, which is none of ${known.join(", ")}: name one of these, as in completion ${known[0]}.`,
  );
}

/** A module was asked for that is not published. */
export function unknownModule(name: string, known: readonly string[]): UsageError {
  return new UsageError(
    `There is no module ${shown(name)}. Choose among ${known.join(", ")}.${didYouMean(name, known)}`,
  );
}

/** An option's value breaks the rule for it. */
export function invalidOption(
  option: string,
  value: string,
  rule: { readonly subject: string; readonly requirement: string },
): UsageError {
  return new UsageError(
    `--${option} is ${JSON.stringify(value)}, which is not ${rule.subject}: ${rule.requirement}`,
  );
}

/** An input of a module was given without a value. */
export function inputWithoutValue(text: string): UsageError {
  return new UsageError(
    `--input is ${shown(text)}: give NAME=VALUE, as in create_access_key=true or name_prefix=staging-.`,
  );
}

/** An input of a module was given twice. */
export function repeatedInput(input: string): UsageError {
  return new UsageError(
    `--input gives ${shown(input)} more than once: give it once, with commas between several values.`,
  );
}

/** An option was given that says nothing of the policy that is asked for. */
export function optionOfOtherPolicy(option: string, principal: string): UsageError {
  return new UsageError(
    principal === "deployer"
      ? `--${option} decides what Remotion may do, not what applying a module takes: leave it out of \`policy deployer\`.`
      : `--${option} is for \`policy deployer\` alone: leave it out of \`policy ${principal}\`.`,
  );
}

/** An option that takes one value was given several. */
export function repeatedOption(option: string, values: readonly unknown[]): UsageError {
  return new UsageError(
    `--${option} is given ${values.length} times (${values.map((value) => shown(String(value))).join(", ")}): give it once.`,
  );
}

/** A module is to take something over, and is not named. */
export function addressMissing(): UsageError {
  return new UsageError(
    "import needs --address: Address of the module's call in the root module, as in module.remotion. --from-error alone does without.",
  );
}

/** A release of Remotion is used in a partition that it knows nothing of. */
export function partitionWithoutPolicies(version: string, partition: string): UsageError {
  return new UsageError(
    `--remotion is ${version}, which has no policies for the partition ${partition}: leave --remotion out for those of the newest release, or update @remotion/lambda.`,
  );
}

/** A region or an ARN is in another partition than the one given. */
export function notInPartition(option: string, value: string, partition: string): UsageError {
  return new UsageError(
    `--${option} is ${value}, which is not in the partition ${partition}: give what is in it, or set --partition.`,
  );
}

/** Buckets to write to were given for a policy that writes none. */
export function bucketsToWriteForCallers(): UsageError {
  return new UsageError(
    "--output-bucket with the access write, which is meant where none is said, or put does not apply to the policy of a user or caller: remotion-lambda-role writes every video, so give it to `policy role`, or give NAME:read or NAME:delete.",
  );
}

/** Files in the output folder are not as the generator left them. */
export function editedByHand(out: string, files: readonly string[]): Error {
  return new Error(
    [
      `Not written, because ${files.length === 1 ? "this file was" : "these files were"} changed by hand since the last run, or made by something else:`,
      ...files.map((file) => `  ${printable(`${out}/${file}`)}`),
      "Move the change into the source and run again, or overwrite it with --force.",
    ].join("\n"),
  );
}

/** A path in the output folder leads out of it. */
export function outsideOutput(out: string, file: string): Error {
  return new Error(
    `Not written, because ${printable(`${out}/${file}`)} is, or lies behind, a symbolic link: the generator writes inside ${printable(out)} only. Remove the link, or name the folder itself with --out.`,
  );
}

/** The output folder is a file. */
export function outputNotFolder(out: string): UsageError {
  return new UsageError(`--out is ${JSON.stringify(out)}, which is a file: name a folder.`);
}

/** The output folder was generated in another layout. */
export function otherLayout(out: string, layout: string, recorded: string): UsageError {
  return new UsageError(
    `--layout is ${layout}, and ${printable(out)} was generated with --layout ${recorded}: name another folder with --out, or leave --layout out.`,
  );
}

/** Modules are named for the tree of the registry. */
export function modulesOfOtherLayout(names: readonly string[]): UsageError {
  return new UsageError(
    `--layout registry is asked for with ${names.map((name) => shown(name)).join(", ")}, and the registry's tree is of all modules: name none.`,
  );
}

/** An edition is asked for that the tree of the registry has not. */
export function formatOfOtherLayout(format: string): UsageError {
  return new UsageError(
    `--layout registry is asked for with --format ${format}, and the registry reads HCL alone: leave --format out.`,
  );
}

/** A folder lies where the generator writes a file. */
export function folderInPlaceOfFile(path: string): Error {
  return new Error(
    `${printable(path)} is a folder where a generated file belongs: move it elsewhere and run again.`,
  );
}

/** A file lies where the generator writes a folder. */
export function fileInPlaceOfFolder(path: string): Error {
  return new Error(
    `${printable(path)} is a file where a folder belongs: move it elsewhere, or name another folder with --out, and run again.`,
  );
}

/** A pipe, a socket or a device lies where the generator writes a file. */
export function notAFile(path: string): Error {
  return new Error(
    `${printable(path)} is a pipe, a socket or a device where a generated file belongs: remove it and run again.`,
  );
}

/** Something of the user's has a name that the generator needs. */
export function inTheWay(path: string): Error {
  return new Error(
    `${printable(path)} is in the way of a generated file, or of what was set aside: move it elsewhere and run again.`,
  );
}

/** What an interrupted run left behind cannot be read. */
export function unreadableJournal(path: string, folder: string): Error {
  return new Error(
    `${printable(path)} is not what this program writes: take out of ${printable(folder)} what is yours, delete it and run again.`,
  );
}

/** Somebody wrote into a module while it was being replaced. */
export function changedMeanwhile(path: string): Error {
  return new Error(
    `${printable(path)} was changed while the generator ran, and is left as it is: run again.`,
  );
}

/** Another run does not end. */
export function otherRun(out: string, lock: string, pid: number, seconds: number): Error {
  return new Error(
    `${printable(out)} is being written by another run, process ${pid}, for more than ${seconds} seconds: wait for it or end it and run again; where there is no such process, delete ${printable(lock)}.`,
  );
}

/** Another run took this one for dead. */
export function lockLost(out: string): Error {
  return new Error(
    `${printable(out)} was taken over by another run, because this one stood still for too long: run again.`,
  );
}

const READ_ONLY =
  "this user may not, it is read-only or, on Windows, another program has it open: change that";
const FULL = "the disk, or what this user may fill of it, is full: free some space";
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EROFS: READ_ONLY,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EBUSY: "another program has it open, or it is mounted: end that",
  EEXIST: "something else is in its place: move it elsewhere",
  ENOTDIR: "a file is where a folder belongs: move it elsewhere",
  EISDIR: "a folder is where a file belongs: move it elsewhere",
  ENOTEMPTY: "something else is in its place: move it elsewhere",
  ENOENT: "it went away meanwhile: see what else works there",
  ELOOP: "it is a symbolic link that leads in a circle: remove it",
  ENAMETOOLONG: "the path is too long for the file system: name a shorter one with --out",
  EXDEV:
    "the file system cannot move it as a whole, as it is a mount, or part of a container's earlier layer: name a new folder with --out",
};

/** The operating system refuses to read or write a path of the output folder. */
export function fileSystemRefused(path: string, code: string, failed: Error): Error {
  const cause = REFUSALS[code] ?? `the operating system says ${code}: see to that`;
  return new Error(
    `${printable(path)} cannot be read or written, because ${cause}, and run again.`,
    { cause: failed },
  );
}

/** A principal has no profile of that name. */
export function profileNotFor(
  principal: string,
  profile: string,
  profiles: readonly string[],
): UsageError {
  return new UsageError(
    `--profile is ${shown(profile)}, and those of ${principal} are ${profiles.join(", ")}: give one of these.`,
  );
}

/** A file cannot be opened. */
export function unreadableInput(file: string, cause: string): UsageError {
  return new UsageError(`${file} cannot be read (${cause}): name a file, or - for standard input.`);
}

/** An account came through a pipe, has to be read twice, and there is no room to keep it for that. */
export function notKept(folder: string, cause: string): UsageError {
  return new UsageError(
    `The account has to be read twice, and what came through the pipe cannot be kept in ${folder} (${cause}): name a file in place of the pipe, or a folder with room by TMPDIR.`,
  );
}

/** The file of options is not what it should be. */
export function invalidSettings(file: string, cause: string): UsageError {
  return new UsageError(`${file} cannot be used: ${cause}.`);
}

/**
 * A part is given to somebody who is not in the file.
 *
 * @param attached policies of the file that it attaches to the first of them
 */
export function unknownPrincipals(
  names: readonly string[],
  file: string,
  known: readonly string[],
  attached: readonly string[] = [],
): UsageError {
  const some = known.slice(0, 20).join(", ");
  const more = known.length > 20 ? `, and ${known.length - 20} more` : "";
  const [policy] = attached;
  const wayOut =
    policy === undefined
      ? didYouMean(names[0] ?? "", known)
      : ` It attaches ${policy} to ${JSON.stringify(names[0])}, which it does not make: name the policy in its place.`;
  return new UsageError(
    `${file} has nobody of the name or address ${names.map((name) => JSON.stringify(name)).join(", ")}: it has ${some}${more}.${wayOut}`,
  );
}

/** A fix is asked for in a format that has no place for it. */
export function fixInOtherFormat(format: string): UsageError {
  return new UsageError(
    `--fix writes policy documents and inputs, and --format is ${format}: give --format text or json.`,
  );
}

/** Two formats are asked for at once. */
export function twoFormats(format: string): UsageError {
  return new UsageError(
    `--json is --format json, and --format is ${format}: give one of the two, for a report is written once.`,
  );
}

/** A part is given without a name, or with a profile that is none. */
export function invalidPart(
  option: string,
  value: string,
  profiles: readonly string[],
): UsageError {
  return new UsageError(
    `--${option} is ${JSON.stringify(value)}: give NAME=PROFILE, with one of the profiles ${profiles.join(", ")}, or NAME alone.${didYouMean(value.slice(value.lastIndexOf("=") + 1), profiles)}`,
  );
}

/** A policy is given in another form than ARN=FILE. */
export function invalidPolicyOption(value: string): UsageError {
  return new UsageError(
    `--policy is ${JSON.stringify(value)}: give ARN=FILE, as in arn:aws:iam::123456789012:policy/limit=limit.json.`,
  );
}

/** What is to be one policy is a file of something else. */
export function noPolicyInFile(file: string, source: string): UsageError {
  return new UsageError(
    `--policy names ${file}, which is ${source === "account" ? "an" : "a"} ${source} and no policy: give the policy's JSON, or the answer of \`aws iam get-policy-version\`; a file to verify goes without --policy.`,
  );
}

/** A policy is not the one that is in force under the ARN it is given for. */
export function otherPolicyInFile(file: string, note: string): UsageError {
  return new UsageError(
    `--policy names ${file}, which does not say what is in force under that ARN. ${note} Give the answer of \`aws iam get-policy-version\` for the default version.`,
  );
}

/** A service control policy is given in another form than FILE or LEVEL=FILE. */
export function invalidScpOption(value: string): UsageError {
  return new UsageError(
    `--scp is ${JSON.stringify(value)}: give FILE, or LEVEL=FILE where an organization has policies at several levels, as in root=root.json and workloads=workloads.json.`,
  );
}

/** The id of an organization is none. */
export function invalidOrganization(value: string): UsageError {
  return new UsageError(
    `--organization is ${JSON.stringify(value)}: give its id, as in o-a1b2c3d4e5, which \`aws organizations describe-organization\` answers.`,
  );
}

/** A bucket policy is given in another form than NAME=FILE. */
export function invalidBucketPolicyOption(value: string): UsageError {
  return new UsageError(
    `--bucket-policy is ${JSON.stringify(value)}: give NAME=FILE, NAME being that of the bucket and no ARN, as in videos=videos.json.`,
  );
}

/** A key policy is given in another form than ARN=FILE. */
export function invalidKeyPolicyOption(value: string): UsageError {
  return new UsageError(
    `--key-policy is ${JSON.stringify(value)}: give ARN=FILE, as in arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab=key.json. An id or an alias will do where the bucket names its key by that.`,
  );
}

/** A parameter is given in another form than NAME=VALUE. */
export function invalidParameterOption(value: string): UsageError {
  return new UsageError(
    `--parameter is ${JSON.stringify(value)}: give NAME=VALUE, as in Stage=prod or AWS::Region=eu-central-1.`,
  );
}

/** Parameters are given, and the file has none. */
export function parametersWithoutTemplate(file: string): UsageError {
  return new UsageError(
    `${file} is no template of CloudFormation, and only templates have parameters: leave --parameter out.`,
  );
}

/** An output bucket is given in another form. */
export function invalidAccess(value: string, accesses: readonly string[]): UsageError {
  return new UsageError(
    `--output-bucket is ${JSON.stringify(value)}: what stands behind the colon is one of ${accesses.join(", ")}, perhaps with +acl.${didYouMean(value.slice(value.lastIndexOf(":") + 1), accesses)}`,
  );
}

/** The answer of an account is given, and the number of another one. */
export function ofOtherAccount(files: string, account: string): UsageError {
  return new UsageError(
    `${files}: The answer is of the account ${account}, where nobody of another account is: give the answer of the account that --account or the file of options names, or leave the number out.`,
  );
}

/** `denied` was given nothing to read. */
export function textMissing(): UsageError {
  return new UsageError(
    "There is no text: give the message in quotes, as AWS or Remotion printed it, or pipe it in.",
  );
}

/** `denied` was given far more than a message. */
export function textTooLong(length: number, most: number): UsageError {
  return new UsageError(
    `The text has ${length} characters, and ${most} are read at most: give the lines around the error alone.`,
  );
}

/** `denied` was given a text that tells of nothing that was denied. */
export function nothingDenied(): UsageError {
  return new UsageError(
    'The text says of nothing that it was denied: give the whole message, which has "is not authorized to perform", "AccessDenied" or another error of AWS in it.',
  );
}
