import { InvalidJson, type JsonFault } from "../json/invalid-json.js";
import { type ByteSource, JsonReader } from "../json/json-reader.js";
import type { RepeatedKeys } from "../json/repeated-key.js";
import type { Selection } from "../json/selection.js";
import { TextSource } from "../json/text-source.js";
import {
  awsAnswerNotJson,
  binaryPlan,
  cloudFormation,
  emptyFile,
  encryptedByOpenTofu,
  hclText,
  nestedTooDeep,
  notJson,
  notUtf8,
  planLog,
  printedPlan,
  pulumi,
  repeatedKey,
  tooMuch,
  type UnreadableFile,
  unknownFormat,
} from "./errors.js";
import { isObject, type JsonObject, objectIn, property, textIn } from "./json-value.js";

/** How text in Terraform's own language begins, comments aside. */
const HCL =
  /^(?:#|\/\/|\/\*|(?:resource|data|module|variable|locals|output|provider|terraform|moved|import|removed|check)\b)/;

/** How what Terraform and OpenTofu print of a plan or a state begins. */
const PRINTED =
  /^(?:Terraform|OpenTofu) (?:used the selected providers|will perform the following actions)|^(?:No changes\.|Note: Objects have changed|Changes to Outputs:|Plan: \d|# [\w-]+\.[\w.[\]"-]+:$)|^# [\w-]+\.\S+ (?:will|must) be |^[\w-]+\.\S+: (?:Preparing import|Reading|Refreshing state)\b/m;

/** How YAML begins, and what a template of CloudFormation in it has at its left edge. */
const YAML_KEY = /^[A-Za-z]\w*\s*:(?:\s|$)/;
const YAML_TEMPLATE = /^(?:AWSTemplateFormatVersion|Transform|Resources)\s*:/m;

/** How an answer of the `aws` command line begins in YAML, as text and as a table. */
const OTHER_ANSWER =
  /^(?:AttachedPolicies|Group|GroupDetailList|GroupName|Groups|Policies|Policy|PolicyDocument|PolicyName|PolicyNames|PolicyVersion|Role|RoleDetailList|RoleName|User|UserDetailList|UserName):(?:\s|$)|^(?:ATTACHEDPOLICIES|GROUP|GROUPDETAILLIST|GROUPS|POLICIES|POLICY|POLICYNAMES|POLICYVERSION|ROLE|ROLEDETAILLIST|USER|USERDETAILLIST)\t|^\|\s+(?:Get|List)[A-Za-z]+\s+\|$/;

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

/** Reads files of JSON likewise, where one object may come after another, and a key may stand twice in one. */
export function readContents(
  files: readonly (string | ByteSource)[],
  selection: Selection,
): FileContents {
  const read = files.map((file) =>
    reading(file, (reader) => {
      const contents = reader.readSeveral(selection);
      return { contents, repeated: reader.repeated, bytes: reader.bytes };
    }),
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

/** Reads a file that may be JSON. @throws {UnreadableFile} when it is something else */
function reading<T>(file: string | ByteSource, read: (reader: JsonReader) => T): T {
  const reader = new JsonReader(typeof file === "string" ? new TextSource(file) : file);
  try {
    reader.passByteOrderMark();
    refuseOtherForms(reader);
    return read(reader);
  } catch (error) {
    throw error instanceof InvalidJson ? unreadable(error.fault) : error;
  }
}

/** @throws {UnreadableFile} when what a file begins with is no JSON */
function refuseOtherForms(reader: JsonReader): void {
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
  if (PRINTED.test(start)) {
    throw printedPlan();
  }
  const first = firstLine(start);
  if (YAML_KEY.test(first) && YAML_TEMPLATE.test(start)) {
    throw cloudFormation();
  }
  if (OTHER_ANSWER.test(first)) {
    throw awsAnswerNotJson();
  }
  if (HCL.test(start)) {
    throw hclText();
  }
  if (/^\{"@level":/.test(start)) {
    throw planLog();
  }
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

/** The first line that is neither blank, nor a comment or the beginning of a document in YAML. */
function firstLine(text: string): string {
  return text.split("\n").find((line) => !/^\s*(?:#|---|$)/.test(line)) ?? "";
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
  if (
    Object.hasOwn(content, "AWSTemplateFormatVersion") ||
    // As `aws cloudformation get-template` answers.
    Object.hasOwn(content, "TemplateBody") ||
    hasTypes(content, "Resources", "AWS::")
  ) {
    throw cloudFormation();
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
  if (version !== undefined && !/^[01]\./.test(String(version))) {
    throw unknownFormat(String(version));
  }
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
