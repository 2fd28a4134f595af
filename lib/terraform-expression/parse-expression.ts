import { syntaxFailure } from "./failure.js";
import type { BinaryOperator, Expression } from "./syntax.js";
import type { TemplatePart, Token } from "./token.js";
import { tokenizeExpression, tokenizeTemplate } from "./tokenize.js";

/** Brackets within brackets, beyond what anyone writes and far from the end of the stack. */
const MAX_DEPTH = 100;

/** The higher, the closer an operator holds its sides together. */
const BINDING: Readonly<Record<BinaryOperator, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

/**
 * Reads an expression.
 *
 * @throws {Failure} when it is none
 * @see https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions
 */
export function parseExpression(text: string): Expression {
  return new Parser(tokenizeExpression(text), 0).whole();
}

/**
 * Reads a string of Terraform's JSON syntax. One `${…}` and nothing else is that expression, and no
 * string.
 *
 * @throws {Failure} when it is no template
 */
export function parseTemplate(text: string): Expression {
  return templateOf(tokenizeTemplate(text), 0);
}

function templateOf(parts: readonly TemplatePart[], depth: number): Expression {
  const expressions = parts.map(
    (part): Expression =>
      typeof part === "string"
        ? { kind: "literal", value: part }
        : new Parser(part, depth + 1).whole(),
  );
  const [only] = expressions;
  return expressions.length === 1 && only !== undefined
    ? only
    : { kind: "template", parts: expressions };
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth: number;
  /** Whether a line break ends an item, as it does in an object and in nothing else. */
  #lines = false;

  constructor(tokens: readonly Token[], depth: number) {
    this.#tokens = tokens;
    this.#depth = depth;
  }

  whole(): Expression {
    const expression = this.#expression();
    this.#peek();
    if (this.#token().kind !== "end") {
      throw this.#unexpected("the end");
    }
    return expression;
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw syntaxFailure(`more than ${MAX_DEPTH} levels`, this.#token().at);
    }
    const condition = this.#binary(0);
    let expression = condition;
    if (this.#take("?")) {
      const yes = this.#expression();
      this.#expect(":");
      expression = { kind: "conditional", condition, yes, no: this.#expression() };
    }
    this.#depth -= 1;
    return expression;
  }

  /** An operand and the operators after it that bind closer than the one before it. */
  #binary(above: number): Expression {
    let left = this.#unary();
    for (;;) {
      const token = this.#peek();
      const operator = token.kind === "symbol" ? token.text : "";
      if (!isBinaryOperator(operator) || BINDING[operator] <= above) {
        return left;
      }
      this.#next += 1;
      left = { kind: "binary", operator, left, right: this.#binary(BINDING[operator]) };
    }
  }

  #unary(): Expression {
    const operators: ("-" | "!")[] = [];
    for (;;) {
      const operator = this.#takeOneOf("-", "!");
      if (operator === undefined) {
        break;
      }
      operators.push(operator);
    }
    if (operators.length > MAX_DEPTH) {
      throw syntaxFailure(`more than ${MAX_DEPTH} signs`, this.#token().at);
    }
    return operators.reduceRight<Expression>(
      (operand, operator) => ({ kind: "unary", operator, operand }),
      this.#traversal(this.#term()),
    );
  }

  /** `.name`, `[key]`, `[*]` and `.*` after a term. */
  #traversal(term: Expression): Expression {
    let of = term;
    for (;;) {
      if (this.#take(".")) {
        if (this.#take("*")) {
          // The older splat takes attributes along, and no index.
          let each: Expression = { kind: "splat-item" };
          while (this.#take(".")) {
            each = { kind: "attribute", of: each, name: this.#name() };
          }
          of = { kind: "splat", of, each };
        } else {
          of = this.#dotted(of);
        }
      } else if (this.#take("[")) {
        const lines = this.#setLines(false);
        if (this.#take("*")) {
          this.#expect("]", lines);
          return { kind: "splat", of, each: this.#traversalOfItem() };
        }
        const key = this.#expression();
        this.#expect("]", lines);
        of = { kind: "index", of, key };
      } else {
        return of;
      }
    }
  }

  /** Everything after `[*]` is asked of each item. */
  #traversalOfItem(): Expression {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw syntaxFailure(`more than ${MAX_DEPTH} levels`, this.#token().at);
    }
    const each = this.#traversal({ kind: "splat-item" });
    this.#depth -= 1;
    return each;
  }

  /** `.name`, or `.0` as Terraform 0.11 wrote it. */
  #dotted(of: Expression): Expression {
    const token = this.#peek();
    if (token.kind === "number") {
      this.#next += 1;
      return { kind: "index", of, key: { kind: "literal", value: token.value } };
    }
    return { kind: "attribute", of, name: this.#name() };
  }

  #term(): Expression {
    const token = this.#peek();
    this.#next += 1;
    switch (token.kind) {
      case "number":
        return { kind: "literal", value: token.value };
      case "string":
        return templateOf(token.parts, this.#depth);
      case "name":
        return this.#take("(") ? this.#call(token.text) : named(token.text);
      case "symbol":
        if (token.text === "(") {
          const lines = this.#setLines(false);
          const inner = this.#expression();
          this.#expect(")", lines);
          return inner;
        }
        if (token.text === "[") {
          return this.#list();
        }
        if (token.text === "{") {
          return this.#object();
        }
    }
    this.#next -= 1;
    throw this.#unexpected("a value");
  }

  #call(name: string): Expression {
    const lines = this.#setLines(false);
    const args: Expression[] = [];
    let spread = false;
    while (!this.#take(")", lines)) {
      args.push(this.#expression());
      spread = this.#take("...");
      if (spread || !this.#take(",")) {
        this.#expect(")", lines);
        break;
      }
    }
    return { kind: "call", name, args, spread };
  }

  #list(): Expression {
    const lines = this.#setLines(false);
    if (this.#takeName("for")) {
      return this.#for("]", lines);
    }
    const items: Expression[] = [];
    while (!this.#take("]", lines)) {
      items.push(this.#expression());
      if (!this.#take(",")) {
        this.#expect("]", lines);
        break;
      }
    }
    return { kind: "list", items };
  }

  #object(): Expression {
    const lines = this.#setLines(false);
    if (this.#takeName("for")) {
      return this.#for("}", lines);
    }
    this.#setLines(true);
    const entries: { key: Expression; value: Expression }[] = [];
    this.#lineBreaks();
    while (!this.#take("}", lines)) {
      const key = this.#objectKey();
      if (!this.#take("=")) {
        this.#expect(":");
      }
      entries.push({ key, value: this.#expression() });
      if (!this.#take(",") && this.#token().kind !== "newline") {
        this.#expect("}", lines);
        break;
      }
      this.#lineBreaks();
    }
    return { kind: "object", entries };
  }

  /** A bare name is itself; anything else, in parentheses or not, is worked out. */
  #objectKey(): Expression {
    const token = this.#peek();
    const key = this.#expression();
    return token.kind === "name" && (key.kind === "name" || key.kind === "literal")
      ? { kind: "literal", value: token.text }
      : key;
  }

  #for(closing: "]" | "}", lines: boolean): Expression {
    const first = this.#name();
    const second = this.#take(",") ? this.#name() : undefined;
    if (!this.#takeName("in")) {
      throw this.#unexpected('"in"');
    }
    const collection = this.#expression();
    this.#expect(":");
    const start = this.#expression();
    let key: Expression | undefined;
    let value = start;
    if (closing === "}") {
      this.#expect("=>");
      key = start;
      value = this.#expression();
    }
    const grouped = closing === "}" && this.#take("...");
    const condition = this.#takeName("if") ? this.#expression() : undefined;
    this.#expect(closing, lines);
    return {
      kind: "for",
      keyName: second === undefined ? undefined : first,
      valueName: second ?? first,
      collection,
      key,
      value,
      grouped,
      condition,
    };
  }

  /** The token that comes next, past line breaks where they mean nothing. */
  #peek(): Token {
    while (!this.#lines && this.#token().kind === "newline") {
      this.#next += 1;
    }
    return this.#token();
  }

  #token(): Token {
    return this.#tokens[this.#next] ?? { kind: "end", at: this.#tokens.at(-1)?.at ?? 0 };
  }

  #lineBreaks(): void {
    while (this.#token().kind === "newline") {
      this.#next += 1;
    }
  }

  /** Says whether line breaks count from here on, and answers whether they did. */
  #setLines(lines: boolean): boolean {
    const before = this.#lines;
    this.#lines = lines;
    return before;
  }

  #take(symbol: string, lines = this.#lines): boolean {
    return this.#takeOneOf(symbol, symbol, lines) !== undefined;
  }

  #takeOneOf<T extends string>(one: T, other: T, lines = this.#lines): T | undefined {
    const token = this.#peek();
    if (token.kind !== "symbol" || (token.text !== one && token.text !== other)) {
      return undefined;
    }
    this.#next += 1;
    this.#lines = lines;
    return token.text === one ? one : other;
  }

  #takeName(name: string): boolean {
    const token = this.#peek();
    const taken = token.kind === "name" && token.text === name;
    this.#next += taken ? 1 : 0;
    return taken;
  }

  #name(): string {
    const token = this.#peek();
    if (token.kind !== "name") {
      throw this.#unexpected("a name");
    }
    this.#next += 1;
    return token.text;
  }

  #expect(symbol: string, lines = this.#lines): void {
    if (!this.#take(symbol, lines)) {
      throw this.#unexpected(JSON.stringify(symbol));
    }
  }

  #unexpected(wanted: string): Error {
    const token = this.#token();
    const found = "text" in token ? JSON.stringify(token.text) : FOUND[token.kind];
    return syntaxFailure(`${found} in place of ${wanted}`, token.at);
  }
}

/** What stands in place of something else, as it reads in a message. */
const FOUND = {
  number: "a number",
  string: "a text",
  newline: "the end of the line",
  end: "the end",
} as const;

const KEYWORDS: ReadonlyMap<string, null | boolean> = new Map([
  ["null", null],
  ["true", true],
  ["false", false],
]);

function named(name: string): Expression {
  const value = KEYWORDS.get(name);
  return value === undefined ? { kind: "name", name } : { kind: "literal", value };
}

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(BINDING, text);
}
