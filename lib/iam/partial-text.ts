import { isForbidden, type ValueRule } from "./value-rule.js";

/**
 * Whether a text of which only parts are known can keep a rule: whether there is anything that could
 * stand between the parts so that the whole matches the rule's pattern, and nothing in the parts that
 * the rule forbids whatever stands there. A `*` after an unknown part is therefore refused wherever the
 * pattern takes none.
 *
 * @param parts the known parts in order, with an unknown text between each two; empty at an end that is
 * not known
 * @throws when the pattern is written in what this reader does not know
 */
export function canKeepRule(rule: ValueRule, parts: readonly string[]): boolean {
  const normalized = parts.map((part) => part.normalize());
  return canKeep(rule, parts) && canKeep(rule, normalized);
}

function canKeep(rule: ValueRule, parts: readonly string[]): boolean {
  const { pattern, maxLength = Number.POSITIVE_INFINITY } = rule;
  const known = parts.reduce((sum, part) => sum + part.length, 0);
  // No rule names this character, so it is nothing but some text in a pattern's eyes.
  const whole = parts.join(UNKNOWN);
  return known <= maxLength && !isForbidden(rule, whole) && canMatch(automatonOf(pattern), parts);
}

const UNKNOWN = "\u{F0000}";

/** A state: the states after it, by the character that leads to them or without any. */
interface State {
  readonly free: State[];
  readonly steps: { readonly takes: RegExp; readonly to: State }[];
}

interface Automaton {
  readonly start: State;
  readonly end: State;
}

const automatons = new Map<string, Automaton>();

function automatonOf(pattern: string): Automaton {
  const known = automatons.get(pattern) ?? new PatternReader(pattern).read();
  automatons.set(pattern, known);
  return known;
}

function canMatch({ start, end }: Automaton, parts: readonly string[]): boolean {
  let states = closure([start]);
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      states = reachable(states);
    }
    for (const character of part) {
      const next = [...states].flatMap(({ steps }) =>
        steps.filter(({ takes }) => takes.test(character)).map(({ to }) => to),
      );
      states = closure(next);
    }
  }
  return states.has(end);
}

/** The states that are reached without another character. */
function closure(states: readonly State[]): Set<State> {
  return follow(states, ({ free }) => free);
}

/** The states that are reached with any characters at all. */
function reachable(states: Iterable<State>): Set<State> {
  return follow([...states], ({ free, steps }) => [...free, ...steps.map(({ to }) => to)]);
}

function follow(states: readonly State[], next: (state: State) => readonly State[]): Set<State> {
  const seen = new Set(states);
  // What is added on the way is walked, too.
  for (const state of seen) {
    for (const after of next(state)) {
      seen.add(after);
    }
  }
  return seen;
}

/** A part of a pattern: adds its states after one, and gives the last. */
type Part = (from: State) => State;

const LONGEST_REPETITION = 2000;

/** Reads what the rules' patterns are written in: classes, groups, alternatives, repetitions. */
class PatternReader {
  readonly #pattern: string;
  #place = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): Automaton {
    const start = newState();
    const end = this.#alternatives()(start);
    if (this.#place < this.#pattern.length) {
      throw this.#unknown();
    }
    return { start, end };
  }

  #alternatives(): Part {
    const branches = [this.#sequence()];
    while (this.#takes("|")) {
      branches.push(this.#sequence());
    }
    return (from) => {
      const end = newState();
      for (const branch of branches) {
        branch(from).free.push(end);
      }
      return end;
    };
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (this.#place < this.#pattern.length && !/[|)]/.test(this.#next)) {
      parts.push(this.#repeated(this.#atom()));
    }
    return (from) => parts.reduce((state, part) => part(state), from);
  }

  #atom(): Part {
    // Patterns are anchored at both ends, so an anchor holds where it stands.
    if (this.#takes("^") || this.#takes("$")) {
      return (from) => from;
    }
    if (this.#takes("(")) {
      this.#takes("?:");
      const group = this.#alternatives();
      if (!this.#takes(")")) {
        throw this.#unknown();
      }
      // States of its own: a repetition leads back to the first of them, and to nothing before.
      return (from) => group(after(from));
    }
    const [text] = /^(\[(?:\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\[^bBk\d]|[^\\[\]{}*+?])/u.exec(
      this.#rest,
    ) ?? [undefined];
    if (text === undefined) {
      throw this.#unknown();
    }
    this.#place += text.length;
    const takes = new RegExp(`^${text}$`, "u");
    return (from) => {
      const to = newState();
      from.steps.push({ takes, to });
      return to;
    };
  }

  #repeated(part: Part): Part {
    const [text, sign, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(this.#rest) ?? [];
    if (text === undefined) {
      return part;
    }
    this.#place += text.length;
    const from = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
    const endless = sign === undefined ? comma === "," && most === "" : sign !== "?";
    const to = sign === undefined ? Number(most || least) : 1;
    if (Math.max(from, to) > LONGEST_REPETITION) {
      throw this.#unknown();
    }
    return (start) => {
      let state = start;
      for (let count = 0; count < from; count += 1) {
        state = part(state);
      }
      return endless ? anyNumberOf(part, state) : upTo(part, to - from, state);
    };
  }

  get #rest(): string {
    return this.#pattern.slice(this.#place);
  }

  get #next(): string {
    return this.#pattern.charAt(this.#place);
  }

  #takes(text: string): boolean {
    const found = this.#pattern.startsWith(text, this.#place);
    this.#place += found ? text.length : 0;
    return found;
  }

  #unknown(): Error {
    return new Error(
      `The pattern ${this.#pattern} has ${JSON.stringify(this.#rest)}, which is not read in parts: write it with classes, groups, alternatives and repetitions.`,
    );
  }
}

function newState(): State {
  return { free: [], steps: [] };
}

function after(state: State): State {
  const next = newState();
  state.free.push(next);
  return next;
}

function anyNumberOf(part: Part, from: State): State {
  const loop = after(from);
  part(loop).free.push(loop);
  return after(loop);
}

function upTo(part: Part, count: number, from: State): State {
  const end = newState();
  let state = from;
  state.free.push(end);
  for (let index = 0; index < count; index += 1) {
    state = part(state);
    state.free.push(end);
  }
  return end;
}
