import { type IResolvable, type IResolveContext, Token, Tokenization } from "cdktf";
import { mixedExpression } from "./errors.js";

/** Text inside a quoted string of an expression: a token becomes `${…}` there. */
export interface InQuotes {
  readonly inQuotes: string;
}

/** A value's place inside the quotes of a Terraform string that is part of an expression. */
export function inQuotes(value: string): InQuotes {
  return { inQuotes: value };
}

/** A string as a part of an expression: the bare reference of a token, anything else in quotes. */
export function textPart(value: string): ExpressionPart {
  return isSoleToken(value) ? value : expression`"${inQuotes(value)}"`;
}

/** A list as a part of an expression, whoever knows it. */
export function listPart(list: readonly string[] | IResolvable): ExpressionPart {
  if (Token.isUnresolved(list)) {
    return list as IResolvable;
  }
  const [first, ...more] = (list as readonly string[]).map(textPart);
  return first === undefined
    ? "[]"
    : expression`[${more.reduce((rest, item) => expression`${rest}, ${item}`, first)}]`;
}

/** What an expression is put together from. A plain string is HCL text, so it must not come from a caller. */
export type ExpressionPart = string | IResolvable | InQuotes;

/**
 * A Terraform expression as a tagged template: ``expression`length(${local})` ``. Tokens become
 * bare references, whatever braces CDKTF would put around them elsewhere; line breaks are kept.
 *
 * @throws at synthesis, when a part mixes text and tokens
 */
export function expression(
  texts: TemplateStringsArray,
  ...parts: readonly ExpressionPart[]
): IResolvable {
  return new Expression(texts, parts);
}

/** An expression that is made only when it is written, from all that has been declared until then. */
export function deferred(make: () => IResolvable): IResolvable {
  return new Deferred(make);
}

class Deferred implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #make: () => IResolvable;

  constructor(make: () => IResolvable) {
    this.#make = make;
  }

  resolve(context: IResolveContext): unknown {
    return this.#make().resolve(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<unresolved-expression>";
  }
}

class Expression implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #texts: readonly string[];
  readonly #parts: readonly ExpressionPart[];

  constructor(texts: readonly string[], parts: readonly ExpressionPart[]) {
    this.#texts = texts;
    this.#parts = parts;
  }

  resolve(context: IResolveContext): string {
    const nested = context.suppressBraces === true;
    const text = this.#texts
      .map((piece, index) => {
        const part = this.#parts[index];
        return part === undefined ? piece : piece + resolvePart(context, part);
      })
      .join("");
    return nested ? text : `\${${text}}`;
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<unresolved-expression>";
  }
}

/** Stands for a part in a text that is not written yet. No rule names this character. */
export const PLACE = "\u{F0001}";

/** A Terraform string with a part in the place of every {@link PLACE}, which are all in expressions. */
export function filledIn(text: string, part: ExpressionPart): IResolvable {
  return new FilledIn(text, part);
}

class FilledIn implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #text: string;
  readonly #part: ExpressionPart;

  constructor(text: string, part: ExpressionPart) {
    this.#text = text;
    this.#part = part;
  }

  resolve(context: IResolveContext): string {
    return this.#text.replaceAll(PLACE, () => this.#resolvePart(context));
  }

  /** The part as HCL, also where its token turns out to be a plain value before Terraform sees it. */
  #resolvePart(context: IResolveContext): string {
    context.suppressBraces = false;
    const value: unknown = context.resolve(this.#part);
    return typeof value === "string" && value.includes("${")
      ? resolvePart(context, this.#part)
      : JSON.stringify(value);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<unresolved-text>";
  }
}

function resolvePart(context: IResolveContext, part: ExpressionPart): string {
  if (isInQuotes(part)) {
    context.suppressBraces = false;
    return context.resolve(part.inQuotes);
  }
  if (typeof part === "string" && Token.isUnresolved(part) && !isSoleToken(part)) {
    throw mixedExpression(part);
  }
  context.suppressBraces = true;
  return context.resolve(part);
}

function isInQuotes(part: ExpressionPart): part is InQuotes {
  return typeof part === "object" && "inQuotes" in part;
}

/** Whether a text is one token and nothing beside it. */
export function isSoleToken(text: string): boolean {
  const { literals, tokens } = Tokenization.reverseString(text);
  return literals.length === 0 && tokens.length === 1;
}
