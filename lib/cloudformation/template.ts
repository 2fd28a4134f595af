import { isObject, type JsonObject, objectIn, property, textIn } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { toText } from "../terraform-expression/convert.js";
import { Failure } from "../terraform-expression/failure.js";
import type { Limits } from "../terraform-expression/limits.js";
import { TextPieces } from "../terraform-expression/text-pieces.js";
import { Unknown } from "../terraform-expression/unknown.js";
import {
  attributeOf,
  isList,
  isValueObject,
  objectOf,
  type Value,
} from "../terraform-expression/value.js";
import { attributeOfResource, refOfResource } from "./attributes.js";
import { hasFunctions, isIntrinsic, workedOut } from "./intrinsic-functions.js";
import { absentPerhaps } from "./may-be-absent.js";
import { pseudoParameter, reasonOfMade } from "./pseudo-parameters.js";

/** A resource of a template. */
export interface Declared {
  /** Its logical id. */
  readonly id: string;
  /** `AWS::IAM::Role`. */
  readonly type: string;
  readonly properties: JsonObject;
  /** The name of its condition; unknown where it is no name. */
  readonly condition: string | Unknown | undefined;
}

/** How what stands for a value of Parameter Store or Secrets Manager begins, and all of it. */
const DYNAMIC = "{{resolve:";
const DYNAMIC_REFERENCE = /\{\{resolve:[^{}]*\}\}/;

/** A value that may or may not be there: undefined for AWS::NoValue. */
export type Worked = Value | undefined;

/** An item of a list, and why it is open whether it is there. */
export interface Item {
  readonly value: Value;
  readonly doubt: string | undefined;
}

/**
 * A template of CloudFormation, worked out as far as it can be: parameters have the values that are given, or
 * their defaults, and what AWS makes up is unknown. Each property is worked out once.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export class Template {
  /** In the order of the template, those left out whose condition is false. */
  readonly resources: readonly Declared[];
  readonly partition: string;
  readonly limits: Limits;
  readonly #given: ReadonlyMap<string, string>;
  readonly #parameters: JsonObject;
  readonly #conditions: JsonObject;
  readonly #mappings: JsonObject;
  readonly #declared = new Map<string, Declared>();
  readonly #known = new Map<string, Worked>();
  /** What is being worked out: who meets it again goes in a circle. */
  readonly #working = new Set<string>();

  /** @param given values of parameters and pseudo parameters */
  constructor(content: JsonObject, given: ReadonlyMap<string, string>, limits: Limits) {
    this.limits = limits;
    this.#given = given;
    this.#parameters = objectIn(content, "Parameters");
    this.#conditions = objectIn(content, "Conditions");
    this.#mappings = objectIn(content, "Mappings");
    for (const [id, body] of Object.entries(objectIn(content, "Resources"))) {
      const type = textIn(body, "Type");
      if (type !== undefined) {
        const condition = conditionIn(body);
        this.#declared.set(id, { id, type, properties: objectIn(body, "Properties"), condition });
      }
    }
    this.resources = [...this.#declared.values()].filter((one) => this.isMade(one) !== false);
    const partition = pseudoParameter("AWS::Partition", given);
    this.partition = typeof partition === "string" ? partition : "aws";
  }

  /** A role by its logical id. */
  role(id: string): Declared | undefined {
    const resource = this.#declared.get(id);
    return resource?.type === "AWS::IAM::Role" ? resource : undefined;
  }

  /** Whether a resource is made. */
  isMade({ condition }: Declared): boolean | Unknown {
    return typeof condition === "string" ? this.condition(condition) : (condition ?? true);
  }

  /** The value of a property; undefined where it is not set. */
  property({ id, properties }: Declared, name: string): Worked {
    return Object.hasOwn(properties, name)
      ? this.#once(`${id} ${name}`, () => this.valueOf(properties[name]))
      : undefined;
  }

  /**
   * The items of a property that is a list, or that may be one: with what a condition leaves open told apart.
   * Unknown items stand for any number of any.
   */
  items({ properties }: Declared, name: string): readonly Item[] {
    return Object.hasOwn(properties, name) ? this.#items(properties[name], undefined) : [];
  }

  #items(json: unknown, doubt: string | undefined): readonly Item[] {
    return this.limits.nested(() => {
      if (Array.isArray(json)) {
        return json.flatMap((item) => this.#items(item, doubt));
      }
      const open = this.#openIf(json);
      if (open !== undefined) {
        return open.branches.flatMap((branch) => this.#items(branch, doubt ?? open.reason));
      }
      const value = this.valueOf(json);
      return (isList(value ?? null) ? (value as readonly Value[]) : [value]).flatMap((item) =>
        item === undefined || item === null ? [] : [{ value: item, doubt }],
      );
    });
  }

  /** The branches of an Fn::If whose condition is not told. */
  #openIf(
    json: unknown,
  ): { readonly reason: string; readonly branches: readonly unknown[] } | undefined {
    const branches = isObject(json) && Object.keys(json).length === 1 ? json["Fn::If"] : undefined;
    if (!Array.isArray(branches) || branches.length !== 3 || typeof branches[0] !== "string") {
      return undefined;
    }
    const condition = this.condition(branches[0]);
    return condition instanceof Unknown
      ? { reason: condition.reason, branches: branches.slice(1) }
      : undefined;
  }

  /** What stands in the template, worked out; unknown where CloudFormation would refuse it. */
  valueOf(json: unknown): Worked {
    return this.limits.nested((): Worked => {
      if (json instanceof Unknown) {
        return json;
      }
      if (typeof json === "string") {
        return this.withDynamicReferences(json);
      }
      if (Array.isArray(json)) {
        return json.flatMap((item) => this.#listed(item));
      }
      if (!isObject(json)) {
        return json as null | boolean | number;
      }
      if (isIntrinsic(json)) {
        return attempted(() => workedOut(json, this));
      }
      if (hasFunctions(json)) {
        return new Unknown("a macro or a loop makes a part of it");
      }
      const entries: [string, Value][] = [];
      for (const [key, item] of Object.entries(json)) {
        const value = this.valueOf(item);
        if (value !== undefined) {
          entries.push([key, value]);
        }
      }
      return objectOf(entries);
    });
  }

  /** What an item of a list comes to; a statement of a policy that a condition leaves open may apply. */
  #listed(json: unknown): readonly Value[] {
    const open = this.#openIf(json);
    if (open === undefined) {
      const value = this.valueOf(json);
      return value === undefined ? [] : [value];
    }
    const doubt = absentPerhaps(open.reason);
    const branches = open.branches.flatMap((branch) => {
      const value = this.valueOf(branch);
      return value === undefined ? [] : [value];
    });
    return branches.every((branch) => isValueObject(branch) && Object.hasOwn(branch, "Effect"))
      ? branches.map((branch) =>
          objectOf([...Object.entries(branch as object), ["Condition", doubt]]),
        )
      : [doubt];
  }

  /**
   * A text, or what is known of it, in which `{{resolve:…}}` stands for what CloudFormation reads from elsewhere. It
   * may have been put together of parts.
   */
  withDynamicReferences(text: string | Unknown): string | Unknown {
    const elsewhere = new Unknown("CloudFormation reads it from elsewhere", [], { mayQuote: true });
    if (text instanceof Unknown) {
      // What is read may be any of them.
      return text.known.pieces?.some((piece) => piece.includes(DYNAMIC)) ? elsewhere : text;
    }
    const [first = "", ...others] = text.includes(DYNAMIC) ? text.split(DYNAMIC_REFERENCE) : [text];
    if (others.length === 0) {
      return text;
    }
    const found = new TextPieces(this.limits);
    found.add(first);
    for (const piece of others) {
      found.add(elsewhere);
      found.add(piece);
    }
    return found.text();
  }

  /** Whether a condition holds. */
  condition(name: string): boolean | Unknown {
    if (!Object.hasOwn(this.#conditions, name)) {
      return new Unknown(`the condition ${shownAddress(name)} is not in the template`);
    }
    const value = this.#once(`condition ${name}`, () => this.test(this.#conditions[name]));
    if (value instanceof Unknown) {
      return new Unknown(reasonOfMade(value.reason), value.origins, value.known);
    }
    return typeof value === "boolean"
      ? value
      : new Unknown(`the condition ${shownAddress(name)} is neither true nor false`);
  }

  /**
   * What the functions of conditions come to.
   *
   * @throws {Failure} when CloudFormation would refuse it, too
   */
  test(json: unknown): boolean | Unknown {
    return this.limits.nested((): boolean | Unknown => {
      const [[name, argument] = ["", undefined]] = isObject(json) ? Object.entries(json) : [];
      const list: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
      switch (name) {
        case "Condition":
          return typeof argument === "string" ? this.condition(argument) : unreadable(name);
        case "Fn::Not": {
          const value = this.test(list[0]);
          return value instanceof Unknown ? value : !value;
        }
        case "Fn::And":
        case "Fn::Or": {
          const settling = name === "Fn::Or";
          const sides = list.map((side) => this.test(side));
          return sides.includes(settling)
            ? settling
            : (sides.find((side) => side instanceof Unknown) ?? !settling);
        }
        case "Fn::Equals": {
          const [left, right] = list.slice(0, 2).map((side) => this.text(side));
          if (left instanceof Unknown || right instanceof Unknown) {
            return left instanceof Unknown ? left : (right as Unknown);
          }
          return left === right;
        }
        default:
          return unreadable(name);
      }
    });
  }

  /** What a Ref stands for. */
  ref(name: string): Worked {
    if (name === "AWS::NoValue") {
      return undefined;
    }
    const pseudo = pseudoParameter(name, this.#given);
    if (pseudo !== undefined) {
      return pseudo;
    }
    if (Object.hasOwn(this.#parameters, name)) {
      return this.#once(`parameter ${name}`, () => this.#parameter(name));
    }
    return this.#ofResource(name, "Ref", (resource) => refOfResource(resource, this));
  }

  /** What a Fn::GetAtt stands for. */
  attribute(id: string, name: string): Worked {
    return this.#ofResource(id, name, (resource) => attributeOfResource(resource, name, this));
  }

  #ofResource(id: string, what: string, work: (resource: Declared) => Value): Worked {
    const resource = this.#declared.get(id);
    if (resource === undefined) {
      return new Unknown(`${shownAddress(id)} is not in the template`);
    }
    return this.#once(`attribute ${id} ${what}`, () => {
      const value = work(resource);
      // Whatever its name is made from, it is this resource's.
      return value instanceof Unknown ? new Unknown(value.reason, [id], value.known) : value;
    });
  }

  #parameter(name: string): Value {
    const parameter = this.#parameters[name];
    const type = textIn(parameter, "Type") ?? "String";
    if (type.startsWith("AWS::SSM::Parameter::Value")) {
      return new Unknown(`the parameter ${shownAddress(name)} is read from the Parameter Store`);
    }
    const value = this.#given.get(name) ?? property(parameter, "Default");
    if (value === undefined || value === null) {
      return new Unknown(`the parameter ${shownAddress(name)} has no default`, [], {
        mayQuote: true,
        give: `--parameter ${shownAddress(name)}=VALUE`,
      });
    }
    const text = this.text(value);
    return typeof text === "string" && (type === "CommaDelimitedList" || type.startsWith("List<"))
      ? text.split(",").map((item) => item.trim())
      : text;
  }

  /** A value of `Mappings`; undefined where there is none. */
  mapped(map: string, first: string, second: string): Worked {
    const value = property(objectIn(objectIn(this.#mappings, map), first), second);
    return value === undefined ? undefined : this.valueOf(value);
  }

  /** Whether all of a map is written out. */
  isWrittenOut(name: string): boolean {
    const map = property(this.#mappings, name);
    return isObject(map) && ![map, ...Object.values(map)].some(hasFunctions);
  }

  /** The text of what stands in the template. @throws {Failure} where it is none */
  text(json: unknown): string | Unknown {
    return toText(this.valueOf(json) ?? null);
  }

  /** A part of an object that is worked out. */
  part(value: Worked, name: string): Worked {
    if (value instanceof Unknown) {
      return new Unknown(value.reason);
    }
    return value !== undefined && isValueObject(value) ? attributeOf(value, name) : undefined;
  }

  /** Works a value out once; unknown where CloudFormation would refuse it, and where it needs itself. */
  #once(key: string, work: () => Worked): Worked {
    if (this.#known.has(key)) {
      return this.#known.get(key);
    }
    if (this.#working.has(key)) {
      return new Unknown("it is made from itself");
    }
    this.#working.add(key);
    const value = attempted(() => this.limits.nested(work));
    this.#working.delete(key);
    this.#known.set(key, value);
    return value;
  }
}

function conditionIn(body: unknown): Declared["condition"] {
  const isConditional = isObject(body) && Object.hasOwn(body, "Condition");
  return isConditional
    ? (textIn(body, "Condition") ?? new Unknown("its Condition is no name of a condition"))
    : undefined;
}

/** Unknown where CloudFormation would refuse it. */
function attempted(work: () => Worked): Worked {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) {
      return new Unknown(error.message);
    }
    throw error;
  }
}

function unreadable(name: string): Unknown {
  return new Unknown(`${shownAddress(name)} is not worked out in a condition`);
}
