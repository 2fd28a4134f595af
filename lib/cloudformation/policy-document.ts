import { exampleOf } from "../terraform/iam-name.js";
import { toText } from "../terraform-expression/convert.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { isList, isValueObject, objectOf, type Value } from "../terraform-expression/value.js";
import { nameOfResource } from "./attributes.js";
import { ACCOUNT_NOT_TOLD } from "./pseudo-parameters.js";
import type { Template, Worked } from "./template.js";

/**
 * A policy document of a template as the readers of policies take it: the text of a policy, or what is known
 * of it.
 */
export function documentOf(value: Worked): string | Unknown {
  if (value === undefined || value === null) {
    return new Unknown("it is not in the template");
  }
  if (value instanceof Unknown || typeof value === "string") {
    return value;
  }
  return new Unknown("it is no policy document", [], { encodes: inTexts(value) });
}

/** CloudFormation writes numbers and truth values as texts. */
function inTexts(value: Value): Value {
  if (isList(value)) {
    return value.map(inTexts);
  }
  if (isValueObject(value)) {
    return objectOf(Object.entries(value).map(([key, item]) => [key, inTexts(item)]));
  }
  return typeof value === "number" || typeof value === "boolean" ? toText(value) : value;
}

/**
 * A policy of a principal, likewise. What it names of the stack's own account is named in whichever account:
 * Remotion asks for functions, log groups, roles and users of its own account alone.
 */
export function identityPolicyOf(value: Worked, template: Template): string | Unknown {
  const document = documentOf(value);
  const known = document instanceof Unknown ? document.known.encodes : undefined;
  return known === undefined
    ? document
    : documentOf(new OwnResources(template).inDocument(known as Value));
}

/** A managed policy as it is referred to: by its ARN in whichever account, where that alone is not told. */
export function managedPolicyOf(value: Worked): Worked {
  return value instanceof Unknown && value.origins.length === 0
    ? (widened(value, [POLICY]) ?? value)
    : value;
}

/** A role as what runs as it names it: likewise. */
export function roleOf(value: Worked): Worked {
  return value instanceof Unknown && value.origins.length === 0
    ? (widened(value, [ROLE]) ?? value)
    : value;
}

/** What a policy names of the stack's own, as it is asked for. */
class OwnResources {
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  inDocument(document: Value): Value {
    if (!isValueObject(document)) {
      return document;
    }
    const { Statement: statements = null } = document;
    const named = isList(statements)
      ? statements.map((statement) => this.#inStatement(statement))
      : this.#inStatement(statements);
    return objectOf([...Object.entries(document), ["Statement", named]]);
  }

  #inStatement(statement: Value): Value {
    if (!isValueObject(statement)) {
      return statement;
    }
    return objectOf(
      Object.entries(statement).map(([element, value]): [string, Value] => [
        element,
        element === "Resource" || element === "NotResource" ? this.#resources(value) : value,
      ]),
    );
  }

  #resources(value: Value): Value {
    if (isList(value)) {
      return value.flatMap((item) => this.#resource(item));
    }
    const named = this.#resource(value);
    const [only] = named;
    return named.length === 1 && only !== undefined ? only : named;
  }

  #resource(value: Value): readonly Value[] {
    if (!(value instanceof Unknown)) {
      return [value];
    }
    const role = this.#ownRole(value);
    // Whoever is told the role's real name may ask for that.
    return role === undefined ? [widened(value, OF_OWN_ACCOUNT) ?? value] : [role, value];
  }

  /**
   * The ARN of a role of the template whose name is not told in full. What is made up in its name is the same
   * wherever the role is meant, and so is the example of it.
   */
  #ownRole({ origins, known }: Unknown): string | undefined {
    const [id = "", ...others] = origins;
    const role = others.length === 0 ? this.#template.role(id) : undefined;
    if (role === undefined || known.pieces?.[0]?.startsWith("arn:") !== true) {
      return undefined;
    }
    const path = this.#template.property(role, "Path") ?? "/";
    const account = this.#template.ref("AWS::AccountId");
    const name = nameOfResource(role, this.#template, Number.POSITIVE_INFINITY);
    const pieces = typeof name === "string" ? undefined : name.known.pieces;
    const { partition } = this.#template;
    return pieces === undefined || typeof path !== "string"
      ? undefined
      : `arn:${partition}:iam::${typeof account === "string" ? account : "*"}:role${path}${exampleOf(pieces.join("*"))}`;
  }
}

/** What stands before the account in an ARN, all of it, and how what stands behind begins. */
type AroundAccount = readonly [before: RegExp, behind: RegExp];

const OF_IAM = /^arn:[^:]+:iam::$/;
const POLICY: AroundAccount = [OF_IAM, /^:policy\//];
const ROLE: AroundAccount = [OF_IAM, /^:role\//];

/** What Remotion has in its own account alone. Layers, keys and buckets may be another one's. */
const OF_OWN_ACCOUNT: readonly AroundAccount[] = [
  ROLE,
  [OF_IAM, /^:user\//],
  [/^arn:[^:]+:lambda:[^:]*:$/, /^:function:/],
  [/^arn:[^:]+:logs:[^:]*:$/, /^:log-group:/],
];

/**
 * An ARN of which only the account is not told, and that is the stack's, with a `*` for it; undefined where it is
 * another text: the account's number in a name is no wildcard.
 */
function widened({ reason, known }: Unknown, arns: readonly AroundAccount[]): string | undefined {
  const [before, behind, ...others] = known.pieces ?? [];
  const isOne =
    reason === ACCOUNT_NOT_TOLD &&
    before !== undefined &&
    behind !== undefined &&
    // Of a text with more holes, the others are not the account.
    others.length === 0 &&
    arns.some(([start, rest]) => start.test(before) && rest.test(behind));
  return isOne ? `${before}*${behind}` : undefined;
}
