/**
 * A Terraform string template in one spelling, so that two templates are equal exactly when they mean the same to
 * the letter. What it levels is how an expression is laid out on its lines: white space between tokens, commas that
 * line breaks stand for or that stand before a closing bracket, brackets around the whole of a value, and a text
 * that is `join("", [...])` of its parts. Text in quotes stays as it is.
 *
 * @throws when a template or a quoted string is not closed
 */
export function canonicalTemplate(template: string): string {
  const canonical = new Reader(template).template(undefined);
  return new Reader(canonical).soleText() ?? canonical;
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
        return canonicalTokens(tokens).join(" ");
      }
      const token = this.#token();
      open += token === "{" ? 1 : token === "}" ? -1 : 0;
      if (token !== "" && !(token === "\n" && tokens.at(-1) === "\n")) {
        tokens.push(token);
      }
    }
    throw new Error(`A template is not closed in ${this.#text}`);
  }

  /** The text of a template that is a quoted text and nothing else; undefined for every other one. */
  soleText(): string | undefined {
    if (!this.#ahead('${"')) {
      return undefined;
    }
    this.#take(2);
    const token = this.#token();
    return this.#text.slice(this.#at) === "}" ? unquoted(token) : undefined;
  }

  /** Text inside quotes as it stands without them. */
  unescaped(): string {
    let result = "";
    while (this.#at < this.#text.length) {
      if (this.#ahead("$${") || this.#ahead("%%{")) {
        result += this.#take(3);
      } else if (this.#ahead("${") || this.#ahead("%{")) {
        result += `${this.#take(2)}${this.#expression()}${this.#take(1)}`;
      } else if (this.#ahead("\\")) {
        result += JSON.parse(`"${this.#take(2)}"`);
      } else {
        result += this.#take(1);
      }
    }
    return result;
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

function unquoted(token: string): string {
  return new Reader(token.slice(1, -1)).unescaped();
}

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The tokens of an expression in one spelling. */
function canonicalTokens(tokens: readonly string[]): string[] {
  return joinedTexts(withoutBrackets(withoutSpareCommas(withoutLineBreaks(tokens))));
}

/** A line break parts the entries of an object, as a comma does, and means nothing anywhere else. */
function withoutLineBreaks(tokens: readonly string[]): string[] {
  const objects: boolean[] = [];
  return tokens.flatMap((token, index) => {
    if (token in CLOSING) {
      const next = tokens.slice(index + 1).find((each) => each !== "\n");
      objects.push(token === "{" && next !== "for");
    } else if (isClosing(token)) {
      objects.pop();
    }
    return token === "\n" ? (objects.at(-1) ? [","] : []) : [token];
  });
}

function withoutSpareCommas(tokens: readonly string[]): string[] {
  return tokens.filter((token, index) => {
    const [before = "", after = ")"] = [tokens[index - 1], tokens[index + 1]];
    return token !== "," || !(after === "," || before in CLOSING || isClosing(after));
  });
}

function isClosing(token: string): boolean {
  return Object.values(CLOSING).includes(token);
}

/** Without the brackets around a whole expression, or around the whole value of an object's entry. */
function withoutBrackets(tokens: readonly string[]): string[] {
  const spare = new Set<number>();
  for (const [open, token] of tokens.entries()) {
    const close = token === "(" ? endOf(tokens, open) : 0;
    const [before = "=", after = ","] = [tokens[open - 1], tokens[close + 1]];
    if (token === "(" && before === "=" && [",", "}"].includes(after)) {
      spare.add(open).add(close);
    }
  }
  return tokens.filter((_token, index) => !spare.has(index));
}

/** `join("", [...])` as the text that it makes. */
function joinedTexts(tokens: readonly string[]): string[] {
  const start = ["join", "(", '""', ",", "["];
  const at = tokens.findLastIndex((_token, index) =>
    start.every((token, offset) => tokens[index + offset] === token),
  );
  const open = at + start.length - 1;
  const close = at < 0 ? 0 : endOf(tokens, open);
  if (at < 0 || tokens[close + 1] !== ")") {
    return [...tokens];
  }
  const parts = itemsOf(tokens.slice(open + 1, close)).map((item) => {
    const [only = "", ...others] = item;
    return others.length === 0 && only.startsWith('"')
      ? only.slice(1, -1)
      : `\${${item.join(" ")}}`;
  });
  return joinedTexts([...tokens.slice(0, at), `"${parts.join("")}"`, ...tokens.slice(close + 2)]);
}

function itemsOf(tokens: readonly string[]): string[][] {
  const items: string[][] = [[]];
  let open = 0;
  for (const token of tokens) {
    open += token in CLOSING ? 1 : isClosing(token) ? -1 : 0;
    if (token === "," && open === 0) {
      items.push([]);
    } else {
      items.at(-1)?.push(token);
    }
  }
  return items;
}

/** Index of the bracket that closes the one at an index. */
function endOf(tokens: readonly string[], from: number): number {
  let open = 0;
  return tokens.findIndex((token, index) => {
    open += index < from ? 0 : token in CLOSING ? 1 : isClosing(token) ? -1 : 0;
    return index >= from && open === 0;
  });
}
