import { toBoolean, toNumber, toText } from "./convert.js";
import { evaluate, type Scope } from "./evaluate.js";
import { Failure } from "./failure.js";
import { setOf } from "./functions/sets.js";
import { parseExpression } from "./parse-expression.js";
import type { Expression } from "./syntax.js";
import { attributeOf, isList, isValueObject, objectOf, type Value } from "./value.js";

/**
 * A value as a variable of a type has it: converted, and with the defaults of `optional()`.
 *
 * @param type the constraint as it is written: `list(object({ prefix = optional(string, "") }))`
 * @throws {Failure} when the type cannot be read, or the value is not of it
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 */
export function ofType(value: Value, type: string, scope: Scope): Value {
  return converted(value, parseExpression(type), scope);
}

function converted(value: Value, type: Expression, scope: Scope): Value {
  return scope.limits.nested(() => {
    if (value === null) {
      return null;
    }
    if (type.kind === "name") {
      return primitive(value, type.name);
    }
    const argument = type.kind === "call" ? type.args[0] : undefined;
    if (type.kind !== "call" || argument === undefined) {
      throw new Failure("the type cannot be read");
    }
    switch (type.name) {
      case "list":
        return items(value, argument, scope);
      case "set":
        return setOf(items(value, argument, scope), scope.limits);
      case "map":
        return objectOf(
          entries(value).map(([key, item]) => [key, converted(item, argument, scope)]),
        );
      case "tuple":
        return tuple(value, argument, scope);
      case "object":
        return object(value, argument, scope);
      default:
        throw new Failure(`the type ${type.name}() is unknown`);
    }
  });
}

function primitive(value: Value, type: string): Value {
  switch (type) {
    case "string":
      return toText(value);
    case "number":
      return toNumber(value);
    case "bool":
      return toBoolean(value);
    default:
      // `any`, and `list` and `map` as Terraform 0.11 wrote them.
      return value;
  }
}

function items(value: Value, type: Expression, scope: Scope): Value[] {
  if (!isList(value)) {
    throw new Failure("the default is not the list that the type asks for");
  }
  return value.map((item) => converted(item, type, scope));
}

function tuple(value: Value, types: Expression, scope: Scope): Value {
  if (types.kind !== "list" || !isList(value)) {
    throw new Failure("the default is not the tuple that the type asks for");
  }
  return types.items.map((type, index) => converted(value[index] ?? null, type, scope));
}

function entries(value: Value): [string, Value][] {
  if (!isValueObject(value)) {
    throw new Failure("the default is not the map that the type asks for");
  }
  return Object.entries(value);
}

function object(value: Value, attributes: Expression, scope: Scope): Value {
  if (attributes.kind !== "object" || !isValueObject(value)) {
    throw new Failure("the default is not the object that the type asks for");
  }
  return objectOf(
    attributes.entries.map(({ key, value: type }): [string, Value] => {
      const name = String(key.kind === "literal" ? key.value : "");
      const given = attributeOf(value, name) ?? null;
      if (type.kind !== "call" || type.name !== "optional") {
        return [name, converted(given, type, scope)];
      }
      const [inner, otherwise] = type.args;
      const filled = given ?? (otherwise === undefined ? null : evaluate(otherwise, scope));
      return [name, inner === undefined ? filled : converted(filled, inner, scope)];
    }),
  );
}
