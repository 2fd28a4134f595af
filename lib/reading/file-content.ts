import { MAX_TEMPLATE } from "../cloudformation/max-template.js";
import { InvalidJson, type JsonFault } from "../json/invalid-json.js";
import { type ByteSource, JsonReader } from "../json/json-reader.js";
import {
  isObject,
  type JsonObject,
  objectIn,
  plainText,
  property,
  textIn,
} from "../json/json-value.js";
import { NO_REPEATED_KEYS, type RepeatedKeys } from "../json/repeated-key.js";
import type { Selection } from "../json/selection.js";
import { TextSource } from "../json/text-source.js";
import type { UnreadableFile } from "../json/unreadable-file.js";
import {
  awsAnswerNotJson,
  binaryPlan,
  cdkManifest,
  cloudFormation,
  emptyFile,
  encryptedByOpenTofu,
  hclText,
  notJson,
  notUtf8,
  planLog,
  printedPlan,
  pulumi,
  repeatedKey,
  templateTooLong,
  tooMuch,
  unknownFormat,
} from "../terraform/errors.js";
import { nestedTooDeep } from "../terraform-expression/errors.js";
import { beginsTerragruntLog, terragruntLogLength } from "./terragrunt-log.js";

/** How text in Terraform's own language begins, comments aside. */
const HCL =
  /^(?:#|\/\/|\/\*|(?:resource|data|module|variable|locals|output|provider|terraform|moved|import|removed|check)\b)/;

/** How what Terraform and OpenTofu print of a plan or a state begins. */
const PRINTED =
  /^(?:Terraform|OpenTofu) (?:used the selected providers|will perform the following actions)|^(?:No changes\.|Note: Objects have changed|Changes to Outputs:|Plan: \d|# [\w-]+\.[\w.[\]"-]+:$)|^# [\w-]+\.\S+ (?:will|must) be |^[\w-]+\.\S+: (?:Preparing import|Reading|Refreshing state)\b/m;

/** How YAML begins, and what a template of CloudFormation in it has at its left edge. */
const YAML_KEY = /^["']?[A-Za-z][\w:-]*["']?\s*:(?:\s|$)/;
const YAML_TEMPLATE =
  /^["']?(?:AWSTemplateFormatVersion|Conditions|Globals|Mappings|Metadata|Parameters|Resources|Transform)["']?\s*:/m;

/** How an answer of the `aws` command line begins in YAML, as text and as a table. */
const OTHER_ANSWER =
  /^(?:AttachedPolicies|Group|GroupDetailList|GroupName|Groups|Policies|Policy|PolicyDocument|PolicyName|PolicyNames|PolicyVersion|Role|RoleDetailList|RoleName|StagesAvailable|TemplateBody|User|UserDetailList|UserName):(?:\s|$)|^(?:ATTACHEDPOLICIES|GROUP|GROUPDETAILLIST|GROUPS|POLICIES|POLICY|POLICYNAMES|POLICYVERSION|ROLE|ROLEDETAILLIST|USER|USERDETAILLIST)\t|^\|\s+(?:Get|List)[A-Za-z]+\s+\|$/;

/** How much of a file is searched for the beginning of a template. */
const MAX_COMMENTS = 16 * 1024;

/** How much of a file is searched for the end of a log. */
const MAX_LOG = 256 * 1024;

/**
 * Reads a file of JSON.
 *
 * @param file its text, or where its bytes come from
 * @param selection what of it is needed
 * @returns what was selected, and how long the file is
 * @throws {UnreadableFile} when it is something else; the message says what it seems to be
 */
export function readContent(
  file: string | ByteSource,
  selection: Selection,
): { readonly content: unknown; readonly bytes: number } {
  return reading(file, (reader) => ({ content: reader.read(selection), bytes: reader.bytes }));
}

/** What is read of files in which one object may come after another. */
interface FileContents {
  /** What was selected of each. */
  readonly contents: readonly unknown[];
  /** Objects in it in which a key stood twice. */
  readonly repeated: RepeatedKeys;
  /** How long the files are together. */
  readonly bytes: number;
}

/**
 * Reads files of JSON likewise, where one object may come after another, and a key may stand twice in one.
 *
 * @param parseTemplate what parses a template of CloudFormation in YAML. @default it is refused
 */
export function readContents(
  files: readonly (string | ByteSource)[],
  selection: Selection,
  parseTemplate: (text: string) => unknown = refuseTemplate,
): FileContents {
  const read = files.map((file) =>
    reading(
      file,
      (reader): FileContents => {
        const contents = reader.readSeveral(selection);
        return { contents, repeated: reader.repeated, bytes: reader.bytes };
      },
      (text) => ({
        contents: [parseTemplate(text)],
        repeated: NO_REPEATED_KEYS,
        bytes: text.length,
      }),
    ),
  );
  return {
    contents: read.flatMap(({ contents }) => contents),
    repeated: new Map(read.flatMap(({ repeated }) => [...repeated])),
    bytes: read.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** @throws {UnreadableFile} when a key stands twice in one object */
export function refuseRepeated(repeated: RepeatedKeys): void {
  for (const key of repeated.values()) {
    throw repeatedKey(key);
  }
}

/** @throws {UnreadableFile} for every template of CloudFormation */
function refuseTemplate(): never {
  throw cloudFormation();
}

/**
 * Reads a file that may be JSON, or a template of CloudFormation in YAML.
 *
 * @throws {UnreadableFile} when it is something else
 */
function reading<T>(
  file: string | ByteSource,
  read: (reader: JsonReader) => T,
  readTemplate: (text: string) => T = refuseTemplate,
): T {
  const reader = new JsonReader(typeof file === "string" ? new TextSource(file) : file);
  try {
    reader.passByteOrderMark();
    return inItsForm(reader, read, readTemplate);
  } catch (error) {
    throw error instanceof InvalidJson ? unreadable(error.fault) : error;
  }
}

/** Reads a file by what it begins with. @throws {UnreadableFile} when that is no JSON, and no template */
function inItsForm<T>(
  reader: JsonReader,
  read: (reader: JsonReader) => T,
  readTemplate: (text: string) => T,
): T {
  const beginning = reader.start(1000);
  const start = beginning.trimStart();
  if (beginning.startsWith("PK\u0003\u0004")) {
    throw binaryPlan();
  }
  if (start.includes("\u0000")) {
    throw notUtf8();
  }
  if (start === "" && !reader.passBlank()) {
    throw emptyFile();
  }
  // Whoever writes YAML may begin with a licence, and with comments that look like what Terraform prints.
  if (!/^[{[]/.test(start) && isYamlTemplate(reader.start(MAX_COMMENTS))) {
    const text = reader.rest(MAX_TEMPLATE);
    if (text === undefined) {
      throw templateTooLong(MAX_TEMPLATE);
    }
    return readTemplate(text);
  }
  if (PRINTED.test(start)) {
    throw printedPlan();
  }
  if (OTHER_ANSWER.test(firstLine(start))) {
    throw awsAnswerNotJson();
  }
  if (HCL.test(start)) {
    throw hclText();
  }
  if (/^\{"@level":/.test(start)) {
    throw planLog();
  }
  if (beginsTerragruntLog(start)) {
    reader.pass(terragruntLogLength(reader.start(MAX_LOG)));
  }
  return read(reader);
}

function unreadable(fault: JsonFault): UnreadableFile {
  switch (fault.kind) {
    case "syntax":
      return notJson(fault.line, fault.column, fault.found);
    case "nesting":
      return nestedTooDeep(fault.limit);
    case "repeated key":
      return repeatedKey(fault.key);
    case "size":
      return tooMuch(fault.of, fault.limit);
  }
}

function isYamlTemplate(beginning: string): boolean {
  return YAML_KEY.test(firstLine(beginning)) && YAML_TEMPLATE.test(beginning);
}

/** The first line that is neither blank, nor a comment or the beginning of a document in YAML. */
function firstLine(text: string): string {
  return text.split("\n").find((line) => !/^\s*(?:#|---|%YAML|$)/.test(line)) ?? "";
}

/**
 * Says so where JSON is of another tool, and not read.
 *
 * @throws {UnreadableFile}
 */
export function refuseForeign(content: JsonObject): void {
  if (Object.hasOwn(content, "encrypted_data") && Object.hasOwn(content, "encryption_version")) {
    throw encryptedByOpenTofu();
  }
  if (isObject(property(content, "artifacts")) && textIn(content, "version") !== undefined) {
    throw cdkManifest();
  }
  if (
    ["deployment", "checkpoint"].some((key) => isObject(property(content, key))) ||
    (Array.isArray(property(content, "steps")) && isObject(property(content, "changeSummary")))
  ) {
    throw pulumi();
  }
}

/**
 * Says so where a plan or a state is in a form of `terraform show -json` that is not known. A minor version adds
 * members, and changes none.
 *
 * @throws {UnreadableFile}
 * @see https://developer.hashicorp.com/terraform/internals/json-format#format-versioning
 */
export function refuseUnknownFormat(content: JsonObject): void {
  const version = property(content, "format_version");
  if (version !== undefined && !/^[01]\./.test(plainText(version))) {
    throw unknownFormat(plainText(version));
  }
}

/** Whether it is a template of CloudFormation, or the answer of `aws cloudformation get-template`. */
export function isTemplate(content: JsonObject): boolean {
  return (
    Object.hasOwn(content, "AWSTemplateFormatVersion") ||
    Object.hasOwn(content, "TemplateBody") ||
    hasTypes(content, "Resources", "AWS::") ||
    Object.keys(objectIn(content, "Resources")).some((key) => key.startsWith("Fn::"))
  );
}

/** Whether an object holds objects whose `Type` begins so. */
function hasTypes(content: JsonObject, key: string, start: string): boolean {
  return Object.values(objectIn(content, key)).some(
    (value) => textIn(value, "Type")?.startsWith(start) === true,
  );
}

/** Whether it is `terraform show -json` of a plan. */
export function isPlan(content: JsonObject): boolean {
  return (
    isObject(property(content, "planned_values")) ||
    (textIn(content, "format_version") !== undefined &&
      ["resource_changes", "configuration"].some((key) => Object.hasOwn(content, key)))
  );
}

/** Whether it is `terraform show -json` of a state. */
export function isState(content: JsonObject): boolean {
  return (
    textIn(content, "format_version") !== undefined &&
    (textIn(content, "terraform_version") !== undefined ||
      isObject(property(content, "values")) ||
      // Of a root module without a state.
      Object.keys(content).length === 1)
  );
}

/** Whether it is a `terraform.tfstate`. */
export function isRawState(content: JsonObject): boolean {
  return (
    typeof property(content, "version") === "number" &&
    ["terraform_version", "lineage", "serial"].some((key) => Object.hasOwn(content, key))
  );
}
