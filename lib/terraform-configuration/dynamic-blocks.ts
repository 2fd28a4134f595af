import type { Limits } from "../terraform-expression/limits.js";
import { Unknown } from "../terraform-expression/unknown.js";
import {
  entriesOf,
  isList,
  isValueObject,
  objectOf,
  type Value,
} from "../terraform-expression/value.js";

/** What each block costs, in steps. */
const STEPS_PER_BLOCK = 20;

/** One block that `dynamic` makes. */
interface Round {
  /** What its iterator stands for. */
  readonly round: Value;
  /** Why it is open whether and how often it is made; undefined where it is not. */
  readonly open: string | undefined;
}

/**
 * The blocks that `dynamic` makes of a collection.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
 */
export function dynamicRounds(collection: Value, limits: Limits): readonly Round[] {
  const rounds = roundsOf(collection);
  limits.spend(rounds.length * STEPS_PER_BLOCK);
  return rounds;
}

function roundsOf(collection: Value): readonly Round[] {
  if (isList(collection)) {
    return collection.map((value, index) => made(keyIn(value, index), value));
  }
  if (isValueObject(collection)) {
    return entriesOf(collection).map(([key, value]) => made(key, value));
  }
  const reason =
    collection instanceof Unknown
      ? collection.reason
      : "its for_each is neither a list, nor a set, nor a map";
  const unknown = new Unknown(reason);
  return [{ ...made(unknown, unknown), open: reason }];
}

/** The key of an item: its place in a list, and in a set the item itself. Sets of texts are lists here, too. */
function keyIn(value: Value, index: number): Value {
  return typeof value === "string"
    ? new Unknown("whether its for_each is a list or a set is not worked out here")
    : index;
}

function made(key: Value, value: Value): Round {
  const round = objectOf([
    ["key", key],
    ["value", value],
  ]);
  return { round, open: undefined };
}

/** A block of which it is open whether it is made: a statement may apply then; all else is not told. */
export function blockInDoubt(type: string, block: Value, reason: string): Value {
  const doubt = new Unknown(reason);
  return type === "statement" && isValueObject(block)
    ? objectOf([...Object.entries(block), ["condition", doubt]])
    : doubt;
}
