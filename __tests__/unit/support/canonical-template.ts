/**
 * A Terraform string template in one spelling, so that two templates are equal exactly when their
 * texts are. All it levels is white space between the tokens of an expression: indentation, and the
 * alignment of equals signs. Text in quotes, and line breaks between tokens, stay as they are.
 *
 * @throws when a template or a quoted string is not closed
 */
export function canonicalTemplate(template: string): string {
  return new Reader(template).template(undefined);
}

/** A template that is this expression and nothing else. */
export function canonicalExpression(expression: string): string {
  return canonicalTemplate(`\${${expression}}`);
}

const TOKEN =
  /[\p{L}_][\p{L}\p{N}_-]*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|&&|\|\||==|!=|<=|>=|=>|\.\.\.|[^\s]/uy;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Text with templates in it, up to the closing quote or to the end. */
  template(quote: '"' | undefined): string {
    let result = "";
    while (this.#at < this.#text.length) {
      if (quote !== undefined && this.#ahead(quote)) {
        return result;
      }
      if (this.#ahead("$${") || this.#ahead("%%{")) {
        result += this.#take(3);
      } else if (this.#ahead("${") || this.#ahead("%{")) {
        result += `${this.#take(2)}${this.#expression()}${this.#take(1)}`;
      } else {
        result += this.#take(quote !== undefined && this.#ahead("\\") ? 2 : 1);
      }
    }
    if (quote !== undefined) {
      throw new Error(`A quoted string is not closed in ${this.#text}`);
    }
    return result;
  }

  /** The tokens of an expression, up to the brace that closes it. */
  #expression(): string {
    const tokens: string[] = [];
    let open = 0;
    while (this.#at < this.#text.length) {
      if (this.#ahead("}") && open === 0) {
        return tokens.join(" ").trim();
      }
      const token = this.#token();
      open += token === "{" ? 1 : token === "}" ? -1 : 0;
      if (token !== "" && !(token === "\n" && tokens.at(-1) === "\n")) {
        tokens.push(token);
      }
    }
    throw new Error(`A template is not closed in ${this.#text}`);
  }

  #token(): string {
    if (this.#ahead('"')) {
      return `${this.#take(1)}${this.template('"')}${this.#take(1)}`;
    }
    if (this.#ahead("<<") || this.#ahead("#") || this.#ahead("/*") || this.#ahead("//")) {
      throw new Error(`Heredocs and comments are not compared: ${this.#text}`);
    }
    const [space = ""] = /\s*/y.exec(this.#text.slice(this.#at)) ?? [];
    if (space !== "") {
      this.#take(space.length);
      return space.includes("\n") ? "\n" : "";
    }
    TOKEN.lastIndex = this.#at;
    return this.#take(TOKEN.exec(this.#text)?.[0].length ?? 1);
  }

  #ahead(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #take(length: number): string {
    const taken = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }
}
