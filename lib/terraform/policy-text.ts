import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { isObject, type JsonObject } from "../json/json-value.js";
import { repeatedKeyIn } from "../json/repeated-key.js";
import { UnreadableFile } from "../json/unreadable-file.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Value } from "../terraform-expression/value.js";
import { withHoles } from "./json-with-holes.js";
import { parseJson } from "./parse-json.js";
import { toldOf } from "./told-of.js";
import { unknownPartOf } from "./unknown-part-of.js";

/** The documents of the policies of a file, one for all that have the same text. */
export class PolicyDocuments {
  readonly #give: string;
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #byText = new Map<string, unknown>();
  readonly #byValue = new Map<unknown, unknown>();
  /** Statements by their text. */
  readonly #statements = new Map<string, unknown>();

  /**
   * @param give what to give where the file does not tell
   * @param given documents that are given beside the file, by ARN or name
   */
  constructor(give: string, given: ReadonlyMap<string, unknown>) {
    this.#give = give;
    this.#given = given;
  }

  /**
   * The document that the text of a policy holds, as in `PrincipalPolicy`.
   *
   * @param text the text, or what is known of it
   * @param name name of the policy, and its ARN: one that is given counts where the file tells nothing
   */
  of(text: unknown, name = "", arn?: string): unknown {
    const document =
      typeof text === "string" && text !== "" ? this.#parsed(text) : this.#told(text);
    return document instanceof UnknownPart
      ? (this.#given.get(arn ?? "") ?? this.#given.get(name) ?? document)
      : document;
  }

  #parsed(text: string): unknown {
    const known = this.#byText.get(text);
    if (known !== undefined) {
      return known;
    }
    const document = documentOf(text);
    const shared = isObject(document) ? this.#withoutRepeatedKeys(text, document) : document;
    this.#byText.set(text, shared);
    return shared;
  }

  /** The document of a text; the text itself where IAM would refuse it for a key that stands twice. */
  #withoutRepeatedKeys(text: string, document: JsonObject): unknown {
    const { Statement: statements } = document;
    const texts = Array.isArray(statements)
      ? statements.map((statement: unknown) => JSON.stringify(statement))
      : undefined;
    const isWhole =
      (texts !== undefined && isWrittenAs(text, document, texts)) ||
      repeatedKeyIn(text, document) === undefined;
    return isWhole ? this.#withSharedStatements(document, texts) : text;
  }

  /**
   * The same document, with one object for all statements of the file that are alike: thousands of policies
   * differ in one or two, and what is worked out of a statement is worked out once.
   */
  #withSharedStatements(
    document: JsonObject,
    texts: readonly (string | undefined)[] = [],
  ): JsonObject {
    const { Statement: statements } = document;
    if (!Array.isArray(statements)) {
      return document;
    }
    const shared = statements.map((statement: unknown, place) => {
      const text = texts[place];
      if (text === undefined) {
        return statement;
      }
      const known = this.#statements.get(text) ?? statement;
      this.#statements.set(text, known);
      return known;
    });
    return { ...document, Statement: shared };
  }

  /** What is known of a document whose text is not. */
  #told(text: unknown): unknown {
    const unknown = text instanceof Unknown ? text : new Unknown("it is not in the file");
    const { encodes, pieces } = unknown.known;
    if (encodes === undefined && pieces === undefined) {
      return unknownPartOf(unknown, this.#give);
    }
    const key = encodes ?? pieces;
    const known = this.#byValue.get(key);
    if (known !== undefined) {
      return known;
    }
    const told = toldOf(
      encodes === undefined ? withHoles(unknown) : (encodes as Value),
      this.#give,
    );
    const document = isObject(told)
      ? this.#withSharedStatements(told, [told["Statement"]].flat().map(toldText))
      : unknownPartOf(unknown, this.#give);
    this.#byValue.set(key, document);
    return document;
  }
}

/** The document, or the text where it is none: `compilePolicy` says why. */
function documentOf(text: string): unknown {
  try {
    const document = parseJson(text);
    return isObject(document) ? document : text;
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return text;
    }
    throw error;
  }
}

const NO_STATEMENTS = '"Statement":[]';

/**
 * Whether a text is what its document is written as, so that no key is lost: put together from the texts of the
 * statements, which are needed anyway.
 */
function isWrittenAs(text: string, document: JsonObject, statements: readonly string[]): boolean {
  const without = JSON.stringify({ ...document, Statement: [] });
  const at = without.indexOf(NO_STATEMENTS) + NO_STATEMENTS.length - 1;
  return text === `${without.slice(0, at)}${statements.join(",")}${without.slice(at)}`;
}

/** The text of a statement; undefined where something in it is not told. */
function toldText(statement: unknown): string | undefined {
  let isTold = true;
  const text = JSON.stringify(statement, (_key, value: unknown) => {
    isTold &&= !(value instanceof UnknownPart);
    return value;
  });
  return isTold ? text : undefined;
}
