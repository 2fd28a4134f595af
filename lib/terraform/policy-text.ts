import { repeatedKeyIn } from "../iam/evaluate/repeated-key.js";
import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { UnreadableFile } from "./errors.js";
import type { Value } from "./expression/value.js";
import { isObject } from "./json-value.js";
import { withHoles } from "./json-with-holes.js";
import { parseJson } from "./parse-json.js";
import { toldOf } from "./told-of.js";
import { Unknown } from "./unknown.js";
import { unknownPartOf } from "./unknown-part-of.js";

/** The documents of the policies of a file, one for all that have the same text. */
export class PolicyDocuments {
  readonly #give: string;
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #byText = new Map<string, unknown>();
  readonly #byValue = new Map<unknown, unknown>();

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
    this.#byText.set(text, document);
    return document;
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
    const document = isObject(told) ? told : unknownPartOf(unknown, this.#give);
    this.#byValue.set(key, document);
    return document;
  }
}

/** The document, or the text where IAM would refuse it: `compilePolicy` says why. */
function documentOf(text: string): unknown {
  try {
    const document = parseJson(text);
    return isObject(document) && repeatedKeyIn(text) === undefined ? document : text;
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return text;
    }
    throw error;
  }
}
