import { ACCOUNT_ID, BUCKET_NAME, FUNCTION_NAME, REGION } from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { ROLE_PROFILES, USER_PROFILES } from "../remotion/profile-names.js";
import type { AcceptedFinding } from "../verify/accepted.js";
import { invalidSettings } from "./errors.js";

/** Name of the file with the options of `verify`, beside the code that it is for. */
export const SETTINGS_FILE = "remotion-lambda-terraform.json";

/** What else than missing ends `verify` with 1. */
const FAIL_ON = ["excess", "tolerated"] as const;

/** The options of `verify` as a file holds them. All may be left out. */
export interface VerifySettings {
  readonly users?: Readonly<Record<string, string>>;
  readonly callers?: Readonly<Record<string, string>>;
  readonly roles?: Readonly<Record<string, string>>;
  readonly profile?: string;
  readonly roleProfile?: string;
  readonly regions?: readonly string[];
  readonly account?: string;
  readonly buckets?: readonly string[];
  readonly functions?: readonly string[];
  readonly outputBuckets?: readonly string[];
  readonly policies?: Readonly<Record<string, string>>;
  readonly serviceControlPolicies?: readonly string[];
  readonly resourceControlPolicies?: readonly string[];
  readonly bucketPolicies?: Readonly<Record<string, string>>;
  readonly keyPolicies?: Readonly<Record<string, string>>;
  readonly organization?: string;
  readonly iamCollect?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly allowUntold?: boolean;
  readonly failOn?: readonly string[];
  readonly forbid?: readonly string[];
  readonly remotion?: string;
  readonly accepted?: readonly AcceptedFinding[];
}

interface Shape {
  /** What it is, for whoever writes the file. */
  readonly describe: string;
  /** JSON schema of the value. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether a value is of that schema. */
  readonly holds: (value: unknown) => boolean;
  /** What a value has to be, as the end of a sentence. */
  readonly rule: string;
}

const text = (describe: string, rule: ValueRule): Shape => ({
  describe,
  schema: { type: "string" },
  holds: (value) => typeof value === "string" && keepsRule(rule, value),
  rule: `${rule.subject}: ${rule.requirement}`,
});

const texts = (describe: string, rule?: ValueRule): Shape => ({
  describe,
  schema: { type: "array", items: { type: "string" } },
  holds: (value) =>
    isTexts(value) && value.every((one) => rule === undefined || keepsRule(rule, one)),
  rule:
    rule === undefined ? "a list of texts" : `a list, each ${rule.subject}: ${rule.requirement}`,
});

const choice = (describe: string, choices: readonly string[]): Shape => ({
  describe,
  schema: { enum: choices },
  holds: (value) => typeof value === "string" && choices.includes(value),
  rule: `one of ${choices.join(", ")}`,
});

const choices = (describe: string, all: readonly string[]): Shape => ({
  describe,
  schema: { type: "array", items: { enum: all } },
  holds: (value) => isTexts(value) && value.every((one) => all.includes(one)),
  rule: `a list of ${all.join(", ")}`,
});

const profiles = (describe: string, all: readonly string[]): Shape => ({
  describe,
  schema: { type: "object", additionalProperties: { enum: all } },
  holds: (value) =>
    isMap(value) && Object.values(value).every((one) => all.some((name) => name === one)),
  rule: `an object of names, each with one of ${all.join(", ")}`,
});

const flag = (describe: string): Shape => ({
  describe,
  schema: { type: "boolean" },
  holds: (value) => typeof value === "boolean",
  rule: "true or false",
});

const files = (describe: string, names = "ARNs"): Shape => ({
  describe,
  schema: { type: "object", additionalProperties: { type: "string" } },
  holds: (value) => isMap(value) && Object.values(value).every((one) => typeof one === "string"),
  rule: `an object of ${names}, each with the path of a file`,
});

const values = (describe: string): Shape => ({
  describe,
  schema: { type: "object", additionalProperties: { type: "string" } },
  holds: (value) => isMap(value) && Object.values(value).every((one) => typeof one === "string"),
  rule: "an object of names, each with a text",
});

const anyText = (describe: string): Shape => ({
  describe,
  schema: { type: "string" },
  holds: (value) => typeof value === "string",
  rule: "a text",
});

const ACCEPTED = {
  principal: {
    type: "string",
    description: "Name or address of the principal; every one without it",
  },
  action: { type: "string", description: "The action, as the report names it" },
  resource: {
    type: "string",
    description: "The resource, as the report names it; every one without it",
  },
  reason: { type: "string", minLength: 1, description: "Why it is accepted" },
  until: {
    type: "string",
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    description: "The last day on which it is; afterwards it fails again",
  },
} as const;

const SHAPES: Readonly<Record<keyof VerifySettings, Shape>> = {
  users: profiles("Users, by name or address, and the profile of each", USER_PROFILES),
  callers: profiles("Callers, by name or address, and the profile of each", USER_PROFILES),
  roles: profiles(
    "Roles of Remotion's functions, by name or address, and the profile of each",
    ROLE_PROFILES,
  ),
  profile: choice("What all users and callers are for", USER_PROFILES),
  roleProfile: choice("What the role of Remotion's functions is for", ROLE_PROFILES),
  regions: texts("Regions that Remotion is used in", REGION),
  account: text("Number of the account", ACCOUNT_ID),
  buckets: texts("Remotion's buckets, by name", BUCKET_NAME),
  functions: texts("Remotion's functions, by name", FUNCTION_NAME),
  outputBuckets: texts("Buckets that renders are written to, as NAME[/PREFIX/][:ACCESS]"),
  policies: files("Policies that the verified file does not hold, by ARN, and the file of each"),
  serviceControlPolicies: texts(
    "Service control policies that the account has, each as FILE or LEVEL=FILE",
  ),
  resourceControlPolicies: texts("Resource control policies that the account has, a file each"),
  bucketPolicies: files(
    "Bucket policies, by the name of the bucket, and the file of each",
    "names",
  ),
  organization: anyText("Id of the organization of the account, as in o-a1b2c3d4e5"),
  iamCollect: anyText("Folder that iam-collect writes to, with what decides in the account"),
  keyPolicies: files("Policies of KMS keys, by the ARN of the key, and the file of each"),
  parameters: values("Values of the parameters of a template of CloudFormation, by their names"),
  allowUntold: flag("Whether what is not told counts as allowed"),
  failOn: choices("What else ends with exit code 1", FAIL_ON),
  forbid: texts("Actions that nobody is to have, perhaps with wildcards"),
  remotion: anyText("Release of Remotion, as in 4.0.512"),
  accepted: {
    describe: "Findings that are accepted, each with a reason and a last day",
    schema: {
      type: "array",
      items: {
        type: "object",
        properties: ACCEPTED,
        required: ["action", "reason", "until"],
        additionalProperties: false,
      },
    },
    holds: (value) => Array.isArray(value) && value.every(isAccepted),
    rule: "a list of objects with action, reason, until (as in 2027-01-31), and perhaps principal and resource",
  },
};

/** The JSON schema of the file, for editors. */
export const SETTINGS_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Options of remotion-lambda-terraform verify",
  type: "object",
  properties: {
    $schema: { type: "string" },
    ...Object.fromEntries(
      Object.entries(SHAPES).map(([key, { describe, schema }]) => [
        key,
        { description: describe, ...schema },
      ]),
    ),
  },
  additionalProperties: false,
} as const;

/**
 * Reads the file of options.
 *
 * @param file its name, for messages
 * @throws UsageError when it is no JSON, has a key that is none, or a value that is not what it should be
 */
export function parseSettings(content: string, file: string): VerifySettings {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    throw invalidSettings(file, `it is no JSON (${(error as Error).message})`);
  }
  if (!isMap(value)) {
    throw invalidSettings(file, "it holds no JSON object");
  }
  for (const [key, given] of Object.entries(value)) {
    const shape = Object.hasOwn(SHAPES, key) ? SHAPES[key as keyof VerifySettings] : undefined;
    if (shape === undefined && key !== "$schema") {
      const known = Object.keys(SHAPES).join(", ");
      throw invalidSettings(file, `it has the key ${JSON.stringify(key)}, and may have ${known}`);
    }
    if (shape !== undefined && !shape.holds(given)) {
      throw invalidSettings(file, `${key} is ${short(given)}, and has to be ${shape.rule}`);
    }
  }
  return value as VerifySettings;
}

function isAccepted(value: unknown): boolean {
  return (
    isMap(value) &&
    Object.entries(value).every(
      ([key, one]) => Object.hasOwn(ACCEPTED, key) && typeof one === "string" && one !== "",
    ) &&
    ["action", "reason"].every((key) => key in value) &&
    typeof value["until"] === "string" &&
    isDay(value["until"])
  );
}

/** Whether a text is a day of the calendar. */
function isDay(day: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
