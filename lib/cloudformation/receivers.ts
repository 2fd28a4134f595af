import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { isObject, plainText } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { isList, isValueObject, type Value } from "../terraform-expression/value.js";
import { nameOfResource } from "./attributes.js";
import { isIntrinsic } from "./intrinsic-functions.js";
import type { Declared, Template, Worked } from "./template.js";

/* What a template makes by code or templates that are not in it, and what it gives to that. */

/** A resource that may give policies to whomever it is told of. */
interface Receiver {
  /** Why who is given to it may have more, as the rest of a sentence. */
  readonly reason: string;
  /** The logical ids that it is given. */
  readonly ids: ReadonlySet<string>;
  /** The words of all texts that it is given, in lower case, as IAM compares names. */
  readonly words: ReadonlySet<string>;
  /** What it is given and is not told. */
  readonly untold: readonly Untold[];
}

/** What stands in a template, and what is known of what it comes to. */
interface Untold {
  readonly json: unknown;
  readonly value: Unknown;
}

/** The property with the name of a holder. */
const NAME: Readonly<Record<string, string>> = {
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
};

/** Resource types that make a stack of a template that is not in this one, and the properties that it is given. */
const STACKS: Readonly<
  Record<string, { readonly kind: string; readonly given: readonly string[] }>
> = {
  "AWS::CloudFormation::Stack": { kind: "nested stack", given: ["Parameters"] },
  "AWS::CloudFormation::StackSet": {
    kind: "stack set",
    given: ["Parameters", "StackInstancesGroup", "TemplateBody"],
  },
  "AWS::Serverless::Application": { kind: "nested stack", given: ["Parameters"] },
  "AWS::ServiceCatalog::CloudFormationProvisionedProduct": {
    kind: "provisioned product",
    given: ["ProvisioningParameters"],
  },
};

/**
 * Types whose handlers are AWS's own. All others are somebody's code.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/registry.html
 */
const OF_AWS = /^(?:AWS|Alexa)::/;

/** The nested stacks of a template. */
export function nestedStacks(resources: readonly Declared[]): readonly Declared[] {
  return resources.filter(({ type }) => Object.hasOwn(STACKS, type));
}

/** The resources of a template that may give policies to whomever they are told of. */
export function receivers(template: Template): readonly Receiver[] {
  return template.resources.flatMap(({ id, type, properties }) => {
    const stack = Object.hasOwn(STACKS, type) ? STACKS[type] : undefined;
    const kind = stack?.kind ?? kindOf(type);
    if (kind === undefined) {
      return [];
    }
    // The other properties of a stack say where its template is, and who makes it.
    const given = stack === undefined ? properties : stack.given.map((name) => properties[name]);
    return [
      {
        reason: `the ${kind} ${shownAddress(id)} is given it, and may give it more`,
        ids: referredTo(given),
        ...partsOf(given, template),
      },
    ];
  });
}

function kindOf(type: string): string | undefined {
  if (type.endsWith("::MODULE")) {
    return "module";
  }
  if (type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource") {
    return "custom resource";
  }
  return OF_AWS.test(type) ? undefined : "third-party resource";
}

/** Whether a user, a role or a group is given to a resource: itself, or its name as a text. */
export function isGiven(holder: Declared, receiver: Receiver, template: Template): boolean {
  const { ids, words, untold } = receiver;
  template.limits.spend(untold.length);
  // What a Ref is to may be what a function names.
  if (ids.has(holder.id) || untold.some(({ value }) => value.origins.includes(holder.id))) {
    return true;
  }
  const json = holder.properties[NAME[holder.type] ?? ""];
  if (json === undefined) {
    return false;
  }
  const name = nameOfResource(holder, template);
  template.limits.spend(untold.length);
  if (typeof name === "string") {
    return words.has(name.toLowerCase()) || untold.some(({ value }) => mayBe(value, name));
  }
  template.limits.spend(words.size);
  const pattern = patternOf(name);
  const glob = parseGlob(pattern.toLowerCase());
  return (
    (isToldInPart(pattern) && Array.from(words).some((word) => matchesGlob(glob, word))) ||
    untold.some((part) => areSame(part, { json, value: name }))
  );
}

/** Whether what is not told may be a name: what nothing is known of may be anything, and is not taken for it. */
function mayBe(value: Unknown, name: string): boolean {
  const pattern = patternOf(value);
  const last = lastOfArn(pattern);
  return (
    (last !== undefined || isToldInPart(pattern)) && matchesGlob(parseGlob(last ?? pattern), name)
  );
}

/** Whether what is not told is the name of somebody whose name is not told: it is made from the same. */
function areSame({ json, value }: Untold, name: Untold): boolean {
  const own = patternOf(value);
  const ids = referredTo(json);
  const nameIds = [...referredTo(name.json)];
  return (
    (lastOfArn(own) ?? own) === patternOf(name.value) &&
    (nameIds.length === 0
      ? JSON.stringify(json) === JSON.stringify(name.json)
      : nameIds.every((id) => ids.has(id)))
  );
}

function isToldInPart(pattern: string): boolean {
  return /[^*]/.test(pattern);
}

function patternOf({ known }: Unknown): string {
  return known.pieces?.join("*") ?? "*";
}

/** The name in an ARN of IAM; undefined where a text is none. */
function lastOfArn(text: string): string | undefined {
  return /^arn:[^:]*:iam:/.test(text) ? text.slice(text.lastIndexOf("/") + 1) : undefined;
}

/** The words of a text, and names for ARNs: a text may be a list, or JSON. */
function wordsIn(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s,;"'[\]{}]+/)
    .map((word) => lastOfArn(word) ?? word);
}

/** All that stands in a value, in functions' arguments, too: a condition may choose it. */
function partsOf(given: unknown, template: Template): Pick<Receiver, "words" | "untold"> {
  const words = new Set<string>();
  const untold: Untold[] = [];
  const open: unknown[] = [given];
  while (open.length > 0) {
    const json = open.pop();
    template.limits.spend(1);
    if (isObject(json) && isIntrinsic(json)) {
      for (const value of leavesOf(template.valueOf(json))) {
        if (value instanceof Unknown) {
          untold.push({ json, value });
        } else {
          addAll(words, wordsIn(plainText(value)));
        }
      }
    }
    if (typeof json === "object" && json !== null) {
      for (const item of Object.values(json)) {
        open.push(item);
      }
    } else {
      addAll(words, wordsIn(String(json)));
    }
  }
  return { words, untold };
}

function addAll(words: Set<string>, more: readonly string[]): void {
  for (const word of more) {
    words.add(word);
  }
}

function leavesOf(value: Worked): readonly Value[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (isList(value)) {
    return value.flatMap(leavesOf);
  }
  return isValueObject(value) ? Object.values(value).flatMap(leavesOf) : [value];
}

/** The logical ids that a value of a template refers to. */
function referredTo(json: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const open: unknown[] = [json];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) {
      for (const item of next) {
        open.push(item);
      }
    } else if (isObject(next) && !(next instanceof Unknown)) {
      for (const [key, value] of Object.entries(next)) {
        for (const id of idsIn(key, value)) {
          found.add(id);
        }
        open.push(value);
      }
    }
  }
  return found;
}

function idsIn(name: string, argument: unknown): readonly string[] {
  switch (name) {
    case "Ref":
      return typeof argument === "string" ? [argument] : [];
    case "Fn::GetAtt": {
      const [id] = [argument].flat();
      return typeof id === "string" ? [id.split(".")[0] ?? ""] : [];
    }
    case "Fn::Sub": {
      const [text] = [argument].flat();
      return typeof text === "string"
        ? Array.from(text.matchAll(/\$\{([^{}.!]*)/g), ([, id = ""]) => id.trim())
        : [];
    }
    default:
      return [];
  }
}
