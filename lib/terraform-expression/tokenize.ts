import { shown } from "../json/shown.js";
import { syntaxFailure } from "./failure.js";
import type { TemplatePart, Token } from "./token.js";

/* Each matches where the scan stands, and in one way only: no character is looked at twice. */
const BLANK = /[ \t\r]+|#[^\n]*|\/\/[^\n]*/y;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]{0,255}/uy;
const SYMBOL = /\.\.\.|=>|==|!=|<=|>=|&&|\|\||[-+*/%!<>=?:.,()[\]{}]/y;
const LITERAL = /[^"\\$%\n]+/y;
const BARE_LITERAL = /[^$%]+/y;
const OPENING = /\$\$\{|%%\{|[$%]\{~?/y;
const ESCAPE = /\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;

/** Templates within templates, beyond what anyone writes. */
const MAX_DEPTH = 50;

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/**
 * The parts of a string of Terraform's JSON syntax, which is a template: text and `${…}`.
 *
 * @throws {Failure} when it is none, or has a `%{…}` directive, which is not read here
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 */
export function tokenizeTemplate(text: string): readonly TemplatePart[] {
  return new Tokenizer(text).template(false);
}

/**
 * The tokens of an expression.
 *
 * @throws {Failure} when it holds anything else
 */
export function tokenizeExpression(text: string): readonly Token[] {
  return new Tokenizer(text).expression(undefined);
}

class Tokenizer {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** A template up to the closing quote, or to the end of the text. */
  template(quoted: boolean): readonly TemplatePart[] {
    const parts: TemplatePart[] = [];
    const start = this.#at;
    let literal = "";
    // `~}` takes the white space away that follows it.
    let trimNext = false;
    const add = (text: string) => {
      literal += trimNext ? text.trimStart() : text;
      trimNext &&= literal === "";
    };
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined ? !quoted : quoted && character === '"') {
        this.#at += 1;
        break;
      }
      const opening = this.#match(OPENING);
      if (opening === "$${" || opening === "%%{") {
        add(opening.slice(1));
      } else if (opening !== undefined) {
        if (opening.startsWith("%")) {
          throw syntaxFailure("a template directive %{…}, which is not worked out here,", this.#at);
        }
        literal = opening.endsWith("~") ? literal.trimEnd() : literal;
        if (literal !== "") {
          parts.push(literal);
          literal = "";
        }
        parts.push(this.expression("}"));
        trimNext = this.#text[this.#at - 2] === "~";
      } else if (quoted && character === "\\") {
        add(this.#escape());
      } else {
        const run = this.#match(quoted ? LITERAL : BARE_LITERAL) ?? this.#single(quoted, start);
        add(run);
      }
    }
    if (literal !== "" || parts.length === 0) {
      parts.push(literal);
    }
    return parts;
  }

  /** Tokens up to a closing brace that nothing opened, or to the end of the text. */
  expression(closing: "}" | undefined): readonly Token[] {
    const tokens: Token[] = [];
    const start = this.#at;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw syntaxFailure(`more than ${MAX_DEPTH} templates within templates`, start);
    }
    let braces = 0;
    let at: number;
    for (;;) {
      this.#blank();
      at = this.#at;
      if (at >= this.#text.length) {
        if (closing !== undefined) {
          throw syntaxFailure("a ${ that nothing closes", start);
        }
        break;
      }
      const symbol = this.#match(SYMBOL);
      if (symbol !== undefined) {
        if (symbol === "{") {
          braces += 1;
        } else if (symbol === "}") {
          braces -= 1;
        }
        if (braces < 0 && closing !== undefined) {
          break;
        }
        tokens.push({ kind: "symbol", text: symbol, at });
      } else if (closing !== undefined && this.#text.startsWith("~}", at) && braces === 0) {
        this.#at += 2;
        break;
      } else {
        tokens.push(this.#token(at));
      }
    }
    this.#depth -= 1;
    tokens.push({ kind: "end", at });
    return tokens;
  }

  #token(at: number): Token {
    if (this.#text[at] === "\n") {
      this.#at += 1;
      return { kind: "newline", at };
    }
    if (this.#text[at] === '"') {
      this.#at += 1;
      return { kind: "string", parts: this.template(true), at };
    }
    const number = this.#match(NUMBER);
    if (number !== undefined) {
      return { kind: "number", value: Number(number), at };
    }
    const name = this.#match(NAME);
    if (name !== undefined) {
      return { kind: "name", text: name, at };
    }
    throw syntaxFailure(`the character ${shown(this.#text.charAt(at))}`, at);
  }

  /** White space and comments; a line break counts, as it ends an item of an object. */
  #blank(): void {
    for (;;) {
      if (this.#match(BLANK) !== undefined) {
        continue;
      }
      if (!this.#text.startsWith("/*", this.#at)) {
        return;
      }
      const end = this.#text.indexOf("*/", this.#at + 2);
      if (end === -1) {
        throw syntaxFailure("a comment that nothing closes", this.#at);
      }
      this.#at = end + 2;
    }
  }

  #escape(): string {
    const sequence = this.#match(ESCAPE);
    if (sequence === undefined) {
      throw syntaxFailure("an unknown escape sequence", this.#at);
    }
    if (sequence.length === 2) {
      const character = sequence.charAt(1);
      return ESCAPED[character] ?? character;
    }
    const code = Number.parseInt(sequence.slice(2), 16);
    if (code > 0x10ffff) {
      throw syntaxFailure("an escape sequence beyond Unicode", this.#at);
    }
    return String.fromCodePoint(code);
  }

  /** A `$` or `%` that opens nothing. */
  #single(quoted: boolean, start: number): string {
    const character = this.#text[this.#at];
    if (character === undefined || (quoted && character === "\n")) {
      throw syntaxFailure("a quoted text that nothing closes", start);
    }
    this.#at += 1;
    return character;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }
}
