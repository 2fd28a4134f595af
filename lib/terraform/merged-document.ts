import { plainText } from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import {
  attributeOf,
  isList,
  isValueObject,
  objectOf,
  type Value,
  type ValueObject,
} from "../terraform-expression/value.js";

/**
 * More characters than any policy has that IAM takes, and few enough that thousands of documents can be
 * made from one.
 */
const MAX_LENGTH = 20_000;

/**
 * One document made of several, as the provider merges them: a statement takes the place of the one
 * before it that has the same Sid, and stands after all others where there is none.
 *
 * @param documents parsed; where one is not told, it may hold any statement with any Sid
 */
export function mergedDocument(documents: readonly Value[]): Value {
  const merged = new Map<string, Value>([["Version", "2012-10-17"]]);
  const statements = new MergedStatements();
  for (const document of documents) {
    if (!isValueObject(document)) {
      statements.add(unknownOf(document));
      continue;
    }
    for (const element of ["Version", "Id"]) {
      const value = attributeOf(document, element);
      if (value !== undefined && value !== null && value !== "") {
        merged.set(element, laterOf(element, merged.get(element), value));
      }
    }
    const list = attributeOf(document, "Statement") ?? [];
    for (const statement of isList(list) ? list : [list]) {
      statements.add(statement);
      if (statements.isTooLong) {
        return new Unknown("it merges into more than any policy can hold");
      }
    }
  }
  return objectOf([...merged, ["Statement", statements.list()]]);
}

/** Of two versions the newer counts, of two ids the later. */
function laterOf(element: string, before: Value | undefined, value: Value): Value {
  return element === "Version" && plainText(before) > plainText(value) ? (before ?? value) : value;
}

class MergedStatements {
  readonly #all: Value[] = [];
  readonly #placeOfSid = new Map<string, number>();
  /** Places of statements with a Sid that nothing so far may have taken. */
  readonly #sure = new Set<number>();
  #length = 0;

  get isTooLong(): boolean {
    return this.#length > MAX_LENGTH;
  }

  add(statement: Value): void {
    this.#length += lengthOf(statement, MAX_LENGTH);
    const sid = isValueObject(statement) ? attributeOf(statement, "Sid") : unknownOf(statement);
    if (sid instanceof Unknown) {
      this.#doubtNamed(sid.reason);
    }
    const place = typeof sid === "string" ? this.#placeOfSid.get(sid) : undefined;
    if (place === undefined) {
      if (typeof sid === "string" && sid !== "") {
        this.#placeOfSid.set(sid, this.#all.length);
        this.#sure.add(this.#all.length);
      }
      this.#all.push(statement);
      return;
    }
    const condition = isValueObject(statement) ? attributeOf(statement, "Condition") : undefined;
    if (condition instanceof Unknown) {
      // It may not be made, and then the one before it stays.
      this.#doubt(place, condition.reason);
      this.#all.push(withoutSid(statement));
    } else {
      this.#all[place] = statement;
      this.#sure.add(place);
    }
  }

  list(): Value[] {
    return this.#all;
  }

  /** What is not told may take the place of any statement that has a Sid. */
  #doubtNamed(reason: string): void {
    for (const place of this.#sure) {
      this.#doubt(place, reason);
    }
  }

  #doubt(place: number, reason: string): void {
    this.#sure.delete(place);
    const statement = this.#all[place] ?? null;
    this.#all[place] = isValueObject(statement)
      ? objectOf([...Object.entries(statement), ["Condition", new Unknown(reason)]])
      : statement;
  }
}

function withoutSid(statement: Value): Value {
  return isValueObject(statement)
    ? objectOf(Object.entries(statement).filter(([element]) => element !== "Sid"))
    : statement;
}

function unknownOf(value: Value): Unknown {
  return value instanceof Unknown ? new Unknown(value.reason) : new Unknown("it is no JSON object");
}

/** About how many characters a value has as JSON; no more than the limit and what exceeds it is looked at. */
function lengthOf(value: Value, limit: number): number {
  if (typeof value === "string") {
    return value.length + 3;
  }
  const members: Iterable<[string, Value]> = isList(value)
    ? value.map((item): [string, Value] => ["", item])
    : isValueObject(value)
      ? Object.entries(value as ValueObject)
      : [];
  let length = 3;
  for (const [key, item] of members) {
    if (length > limit) {
      break;
    }
    length += key.length + lengthOf(item, limit - length);
  }
  return length;
}
