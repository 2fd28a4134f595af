import { type IResolvable, type IResolveContext, TerraformLocal, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { comment } from "./comment.js";
import { expression } from "./expression.js";

/**
 * Names that are put together from parts, in one local of the scope: `${prefix}${user}` is read as
 * `local.names.user` then. They are checked as the texts that they are.
 *
 * @param names key in the local → text with tokens in it
 * @returns key → token of the name
 */
export function composedNames<Key extends string>(
  scope: Construct,
  names: Readonly<Record<Key, string>>,
): Readonly<Record<Key, string>> {
  const local = new TerraformLocal(scope, "names", names);
  comment(local, "Names with their prefix.");
  const entries = Object.entries<string>(names).map(([key, whole]) => {
    const name = new ComposedName(whole, expression`${local.fqn}.${key}`);
    return [key, name.toString()];
  });
  return Object.fromEntries(entries);
}

/** What a name is put together from, where a local holds it; any other text as it is. */
export function composedFrom(text: string): string {
  const { literals, tokens } = Tokenization.reverseString(text);
  const [only] = tokens;
  return literals.length === 0 && tokens.length === 1 && only instanceof ComposedName
    ? only.whole
    : text;
}

class ComposedName implements IResolvable {
  readonly creationStack: string[] = [];
  readonly whole: string;
  readonly #reference: IResolvable;

  constructor(whole: string, reference: IResolvable) {
    this.whole = whole;
    this.#reference = reference;
  }

  resolve(context: IResolveContext): unknown {
    return this.#reference.resolve(context);
  }

  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return "<unresolved-name>";
  }
}
