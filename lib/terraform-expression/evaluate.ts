import { shown } from "../json/shown.js";
import { settled, toBoolean, toNumber, toText, wanted } from "./convert.js";
import { Failure } from "./failure.js";
import { callFunction } from "./functions.js";
import type { Limits } from "./limits.js";
import { binary, plain, unary } from "./operators.js";
import type { Expression, ForExpression } from "./syntax.js";
import { TextPieces } from "./text-pieces.js";
import { Unknown } from "./unknown.js";
import {
  attributeOf,
  entriesOf,
  isList,
  isValueObject,
  Lazy,
  objectOf,
  type Value,
} from "./value.js";

/** What the names in an expression stand for. */
export interface Scope {
  /** The value of a name that no `for` has made. */
  readonly lookup: (name: string) => Value;
  readonly limits: Limits;
}

/** A name that a `for` has made, and those that were there before it. */
interface Named {
  readonly name: string;
  readonly value: Value;
  readonly before: Named | undefined;
}

/** A scope with the names that `for` and a splat have made. */
interface InnerScope extends Scope {
  readonly names: Named | undefined;
  readonly item: Value;
}

/**
 * Works an expression out. What the scope does not know is unknown, and so is what is made of it.
 *
 * @throws {Failure} when Terraform would refuse it, too
 * @throws {UnreadableFile} when it goes beyond the scope's limits
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  return within(expression, { ...scope, names: undefined, item: null });
}

function within(expression: Expression, scope: InnerScope): Value {
  return scope.limits.nested(() => worked(expression, scope));
}

function worked(expression: Expression, scope: InnerScope): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return template(expression.parts, scope);
    case "name":
      return named(expression.name, scope);
    case "splat-item":
      return scope.item;
    case "attribute":
      return attribute(within(expression.of, scope), expression.name);
    case "index":
      return indexed(within(expression.of, scope), within(expression.key, scope));
    case "splat":
      return splat(within(expression.of, scope), expression.each, scope);
    case "unary":
      return unary(expression.operator, within(expression.operand, scope));
    case "binary":
      return binary(
        expression.operator,
        within(expression.left, scope),
        within(expression.right, scope),
        scope.limits,
      );
    case "conditional":
      return conditional(expression, scope);
    case "list":
      return expression.items.map((item) => within(item, scope));
    case "object":
      return object(expression.entries, scope);
    case "for":
      return looped(expression, scope);
    case "call":
      return call(expression, scope);
  }
}

function named(name: string, scope: InnerScope): Value {
  for (let made = scope.names; made !== undefined; made = made.before) {
    if (made.name === name) {
      return made.value;
    }
  }
  return scope.lookup(name);
}

function template(parts: readonly Expression[], scope: InnerScope): Value {
  const text = new TextPieces(scope.limits);
  for (const part of parts) {
    text.add(toText(settled(within(part, scope))));
  }
  return text.text();
}

function attribute(of: Value, name: string): Value {
  if (of instanceof Lazy) {
    return of.attribute(name);
  }
  if (of instanceof Unknown) {
    return plain(of);
  }
  const value = isValueObject(of) ? attributeOf(of, name) : undefined;
  if (value === undefined) {
    throw new Failure(`the expression asks for the attribute ${shown(name)}, which is not there`);
  }
  return value;
}

function indexed(of: Value, rawKey: Value): Value {
  const key = settled(rawKey);
  if (of instanceof Lazy && !(key instanceof Unknown)) {
    return of.item(String(toText(key)));
  }
  if (of instanceof Unknown || of instanceof Lazy || key instanceof Unknown) {
    // Which of several it is remains open; the one that there is, is not.
    return of instanceof Unknown ? plain(of) : plain(key as Unknown);
  }
  if (isList(of)) {
    const position = toNumber(key);
    const item = typeof position === "number" ? of[position] : undefined;
    if (item === undefined) {
      throw new Failure(
        `the expression asks for item ${String(position)} of a list of ${of.length}`,
      );
    }
    return item;
  }
  return attribute(of, String(toText(key)));
}

function splat(of: Value, each: Expression, scope: InnerScope): Value {
  if (of instanceof Unknown) {
    return plain(of);
  }
  const items = of === null ? [] : isList(of) ? of : [of];
  return items.map((item) => within(each, { ...scope, item }));
}

function conditional(
  expression: Extract<Expression, { kind: "conditional" }>,
  scope: InnerScope,
): Value {
  const condition = toBoolean(settled(within(expression.condition, scope)));
  if (condition instanceof Unknown) {
    return plain(condition);
  }
  return within(condition ? expression.yes : expression.no, scope);
}

function object(
  entries: Extract<Expression, { kind: "object" }>["entries"],
  scope: InnerScope,
): Value {
  const values: [string, Value][] = [];
  for (const entry of entries) {
    const key = toText(settled(within(entry.key, scope)));
    if (key instanceof Unknown) {
      return plain(key);
    }
    values.push([key, within(entry.value, scope)]);
  }
  return objectOf(values);
}

function looped(expression: ForExpression, scope: InnerScope): Value {
  const collection = settled(within(expression.collection, scope));
  if (collection instanceof Unknown) {
    return plain(collection);
  }
  if (!isList(collection) && !isValueObject(collection)) {
    throw wanted("a list, a set or a map", collection);
  }
  const rounds: [Value, Value][] = isList(collection)
    ? collection.map((item, index) => [index, item])
    : entriesOf(collection);
  const list: Value[] = [];
  const groups = new Map<string, Value[]>();
  for (const [key, item] of rounds) {
    const round = { ...scope, names: namesOf(expression, key, item, scope.names) };
    const kept =
      expression.condition === undefined
        ? true
        : toBoolean(settled(within(expression.condition, round)));
    if (kept instanceof Unknown) {
      return plain(kept);
    }
    if (!kept) {
      continue;
    }
    if (expression.key === undefined) {
      list.push(within(expression.value, round));
      continue;
    }
    const name = toText(settled(within(expression.key, round)));
    if (name instanceof Unknown) {
      return plain(name);
    }
    const group = groups.get(name);
    const value = within(expression.value, round);
    if (group === undefined) {
      groups.set(name, [value]);
    } else if (expression.grouped) {
      group.push(value);
    } else {
      throw new Failure(`the expression makes the key ${shown(name)} twice`);
    }
  }
  if (expression.key === undefined) {
    return list;
  }
  return objectOf(
    [...groups].map(([name, group]) => [name, expression.grouped ? group : (group[0] ?? null)]),
  );
}

function namesOf(
  { keyName, valueName }: ForExpression,
  key: Value,
  value: Value,
  before: Named | undefined,
): Named {
  const named = { name: valueName, value, before };
  return keyName === undefined ? named : { name: keyName, value: key, before: named };
}

function call(expression: Extract<Expression, { kind: "call" }>, scope: InnerScope): Value {
  const { name, args, spread } = expression;
  if (name === "try" || name === "can") {
    return attempted(name, args, scope);
  }
  const values = args.map((arg) => within(arg, scope));
  if (!spread) {
    return callFunction(name, values, scope.limits);
  }
  const last = settled(values.pop() ?? null);
  if (last instanceof Unknown) {
    return plain(last);
  }
  if (!isList(last)) {
    throw wanted("a list", last);
  }
  return callFunction(name, [...values, ...last], scope.limits);
}

/** The first argument that does not fail; for `can`, whether there is one. */
function attempted(name: "try" | "can", args: readonly Expression[], scope: InnerScope): Value {
  for (const arg of args) {
    try {
      const value = within(arg, scope);
      if (name === "try") {
        return value;
      }
      const whole = settled(value);
      return whole instanceof Unknown ? plain(whole) : true;
    } catch (error) {
      if (!(error instanceof Failure)) {
        throw error;
      }
    }
  }
  if (name === "can") {
    return false;
  }
  throw new Failure("no argument of try() can be worked out");
}
