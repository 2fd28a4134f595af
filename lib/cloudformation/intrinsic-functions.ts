import { isObject, type JsonObject } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { toNumber, toText } from "../terraform-expression/convert.js";
import { Failure } from "../terraform-expression/failure.js";
import { TextPieces } from "../terraform-expression/text-pieces.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { isList, type Value } from "../terraform-expression/value.js";
import { mayBeAbsent } from "./may-be-absent.js";
import { reasonOfMade } from "./pseudo-parameters.js";
import type { Template, Worked } from "./template.js";

/** The function that puts in what a macro makes. */
const TRANSFORM = "Fn::Transform";

/** Whether an object is a function: it has one key, which is a function's name. */
export function isIntrinsic(json: JsonObject): boolean {
  const [name = "", ...others] = Object.keys(json);
  return others.length === 0 && (name === "Ref" || name.startsWith("Fn::"));
}

/** Whether something in an object makes more of it: a macro, or a loop. */
export function hasFunctions(json: unknown): boolean {
  return isObject(json) && Object.keys(json).some((key) => key.startsWith("Fn::"));
}

/**
 * What a function comes to; undefined for AWS::NoValue. What is not told is unknown, and so is what is made
 * of it.
 *
 * @throws {Failure} when CloudFormation would refuse it, too
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function workedOut(json: JsonObject, template: Template): Worked {
  const [[name, argument] = ["", undefined]] = Object.entries(json);
  const work = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return work === undefined
    ? new Unknown(ELSEWHERE[name] ?? `${shownAddress(name)} is not worked out`)
    : work(argument, template);
}

/** Functions whose value the template does not hold, and why. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "Fn::Cidr": "Fn::Cidr is not worked out",
  "Fn::GetAZs": "the zones of a region are read from AWS",
  "Fn::GetStackOutput": "it is an output of another stack",
  "Fn::ImportValue": "it is exported by another stack",
  [TRANSFORM]: "a macro makes it",
};

type Work = (argument: unknown, template: Template) => Worked;

const FUNCTIONS: Readonly<Record<string, Work>> = {
  Ref: (argument, template) => {
    const name = nameOf(argument, template, "Ref");
    return name instanceof Unknown ? plain(name) : template.ref(name);
  },
  "Fn::Base64": (argument, template) => {
    const text = template.text(argument);
    return text instanceof Unknown ? plain(text) : Buffer.from(text).toString("base64");
  },
  "Fn::FindInMap": findInMap,
  "Fn::GetAtt": getAtt,
  "Fn::If": (argument, template) => {
    const [condition, yes, no] = listOf(argument, 3, "Fn::If");
    const holds = typeof condition === "string" ? template.condition(condition) : refused("Fn::If");
    return holds instanceof Unknown ? plain(holds) : template.valueOf(holds ? yes : no);
  },
  "Fn::Join": join,
  "Fn::Length": (argument, template) => {
    const list = template.valueOf(argument);
    if (list === undefined || list instanceof Unknown || !isList(list)) {
      return list instanceof Unknown ? plain(list) : refused("Fn::Length");
    }
    return openBefore(list, list.length) ?? list.length;
  },
  "Fn::Select": select,
  "Fn::Split": (argument, template) => {
    const [delimiter, source] = listOf(argument, 2, "Fn::Split").map((one) => template.text(one));
    if (delimiter instanceof Unknown || source instanceof Unknown) {
      return plain(delimiter instanceof Unknown ? delimiter : (source as Unknown));
    }
    return source === undefined || delimiter === undefined || delimiter === ""
      ? refused("Fn::Split")
      : source.split(delimiter);
  },
  "Fn::Sub": sub,
  "Fn::ToJsonString": (argument, template) => {
    const value = template.valueOf(argument) ?? null;
    return new Unknown("it is the text of a value", [], { encodes: value, mayQuote: true });
  },
};

/** Why it is open what stands at a place of a list: something before it, or there, may not be there. */
function openBefore(list: readonly Value[], place: number): Unknown | undefined {
  const open = list.slice(0, place + 1).find(mayBeAbsent);
  return open instanceof Unknown ? plain(open) : undefined;
}

/** `A.B`, or a list of a logical id and an attribute. */
function getAtt(argument: unknown, template: Template): Worked {
  const whole = Array.isArray(argument) ? "" : nameOf(argument, template, "Fn::GetAtt");
  if (whole instanceof Unknown) {
    return plain(whole);
  }
  const dot = whole.indexOf(".");
  const [id, name] = Array.isArray(argument)
    ? listOf(argument, 2, "Fn::GetAtt").map((part) => nameOf(part, template, "Fn::GetAtt"))
    : [whole.slice(0, Math.max(0, dot)), whole.slice(dot + 1)];
  const open = [id, name].find((part) => part instanceof Unknown);
  if (open instanceof Unknown) {
    return plain(open);
  }
  return typeof id === "string" && typeof name === "string"
    ? template.attribute(id, name)
    : refused("Fn::GetAtt");
}

/** The name that a function is given, which with AWS::LanguageExtensions a function may make. */
function nameOf(argument: unknown, template: Template, name: string): string | Unknown {
  return typeof argument === "string" || isObject(argument)
    ? template.text(argument)
    : refused(name);
}

function findInMap(argument: unknown, template: Template): Worked {
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [];
  const [map, first, second] = list.slice(0, 3).map((key) => template.text(key));
  const unknown = [map, first, second].find((key) => key instanceof Unknown);
  if (unknown instanceof Unknown) {
    return plain(unknown);
  }
  if (typeof map !== "string" || typeof first !== "string" || typeof second !== "string") {
    return refused("Fn::FindInMap");
  }
  const isWhole = template.isWrittenOut(map);
  const found = isWhole ? template.mapped(map, first, second) : undefined;
  const fallback = isObject(list[3]) ? list[3]["DefaultValue"] : undefined;
  if (found !== undefined || (isWhole && fallback !== undefined)) {
    return found ?? template.valueOf(fallback);
  }
  return new Unknown(`the map ${shownAddress(map)} has no such value`);
}

function join(argument: unknown, template: Template): Worked {
  const [delimiter, items] = listOf(argument, 2, "Fn::Join");
  const list = template.valueOf(items);
  if (list instanceof Unknown) {
    // As many as there are: in a JSON text, `","` between them makes several texts of one.
    return new Unknown(reasonOfMade(list.reason), [], { mayQuote: true });
  }
  if (typeof delimiter !== "string" || list === undefined || !isList(list)) {
    return refused("Fn::Join");
  }
  const text = new TextPieces(template.limits);
  for (const [index, item] of list.entries()) {
    // Without an item there is no delimiter, either.
    const isOpen = [item, list[index - 1] ?? ""].some(mayBeAbsent);
    text.add(index === 0 || isOpen ? "" : delimiter);
    text.add(toText(item));
  }
  return template.withDynamicReferences(text.text());
}

function select(argument: unknown, template: Template): Worked {
  const [place, items] = listOf(argument, 2, "Fn::Select").map((one) => template.valueOf(one));
  const index = toNumber(place ?? null);
  if (items instanceof Unknown || index instanceof Unknown) {
    return plain(items instanceof Unknown ? items : (index as Unknown));
  }
  if (items === undefined || !isList(items)) {
    return refused("Fn::Select");
  }
  return openBefore(items, index) ?? items[index] ?? refused("Fn::Select");
}

/** `${Name}`, `${Name.Attribute}`, and `${!Text}`, which stands for itself. */
const VARIABLE = /\$\{([^{}]*)\}/;

function sub(argument: unknown, template: Template): Worked {
  const [source, variables = {}] =
    typeof argument === "string" ? [argument] : listOf(argument, 2, "Fn::Sub");
  if (typeof source !== "string" || !isObject(variables)) {
    return refused("Fn::Sub");
  }
  const parts = source.split(VARIABLE);
  if (
    parts.length === 3 &&
    parts[0] === "" &&
    parts[2] === "" &&
    parts[1]?.startsWith("!") === false
  ) {
    // It is that value, and no text around it.
    return variable(parts[1].trim(), variables, template);
  }
  const text = new TextPieces(template.limits);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      text.add(part);
    } else if (part.startsWith("!")) {
      text.add(`\${${part.slice(1)}}`);
    } else {
      text.add(variable(part.trim(), variables, template));
    }
  }
  return template.withDynamicReferences(text.text());
}

function variable(name: string, variables: JsonObject, template: Template): string | Unknown {
  if (Object.hasOwn(variables, name)) {
    return template.text(variables[name]);
  }
  const dot = name.indexOf(".");
  const value =
    dot === -1 ? template.ref(name) : template.attribute(name.slice(0, dot), name.slice(dot + 1));
  return toText(value ?? null);
}

function listOf(argument: unknown, length: number, name: string): readonly unknown[] {
  return Array.isArray(argument) && argument.length === length ? argument : refused(name);
}

/** @throws {Failure} */
function refused(name: string): never {
  throw new Failure(`${name} is given what it does not take`);
}

/** Unknown for the same reason, and no longer the attribute that it was. */
function plain({ reason, known: { give, mayQuote } }: Unknown): Unknown {
  return new Unknown(reasonOfMade(reason), [], {
    ...(give === undefined ? {} : { give }),
    ...(mayQuote === undefined ? {} : { mayQuote }),
  });
}
