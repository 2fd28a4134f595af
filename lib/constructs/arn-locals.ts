import { TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { fillScalars, listsIn, type Placeholders } from "../remotion/resource-scope.js";
import { comment } from "./comment.js";
import { expression } from "./expression.js";
import { isTerraformList, type ListValue, type NamedArns, resourceList } from "./resource-list.js";

const BUCKET = "arn:{partition}:s3:::{bucket}";
const LOG_GROUP = "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda";

/** The templates whose ARNs have a local, by its name. */
const NAMES: Readonly<Record<string, string>> = {
  "arn:{partition}:iam::{account}:role{lambdaRole}": "lambda_role_arn",
  "arn:{partition}:lambda:{region}:{account}:function:{function}": "function_arns",
  [BUCKET]: "bucket_arns",
  [`${BUCKET}/*`]: "bucket_object_arns",
  "arn:{partition}:s3:::{bucketTree}": "bucket_tree_arns",
  [`${LOG_GROUP}/{functionLogs}`]: "log_group_arns",
  [`${LOG_GROUP}-insights`]: "insights_log_group_arns",
};

/**
 * ARNs that Terraform puts together, in locals that every statement on the same resources refers to. A local is
 * made when it is first asked for.
 */
export class ArnLocals {
  /** Where the lists are, and behind them the single ARNs. */
  readonly #lists: Construct;
  readonly #singles: Construct;
  /** What a local is made of → reference to it. */
  readonly #references = new Map<string, string>();

  constructor(scope: Construct) {
    this.#lists = new Construct(scope, "this");
    this.#singles = new Construct(scope, "_");
  }

  /**
   * The local for the ARNs that a template stands for, or for its only one.
   *
   * @returns undefined where there is none: for rare templates, and where all ARNs are known
   */
  find(template: string, placeholders: Placeholders<ListValue>): NamedArns | string | undefined {
    if (NAMES[template] === undefined) {
      return this.#behindOthers(template, placeholders);
    }
    if (listsIn(template).length > 0) {
      return this.#list(template, placeholders);
    }
    const arn = fillScalars(template, placeholders);
    return Token.isUnresolved(arn) ? this.#reference(template, placeholders, () => arn) : undefined;
  }

  /** A template that begins with another one, which has a local. */
  #behindOthers(template: string, placeholders: Placeholders<ListValue>): NamedArns | undefined {
    const base = Object.keys(NAMES).find((each) => /^[:/]/.test(restOf(template, each)));
    const named = base === undefined ? undefined : this.#list(base, placeholders);
    return base === undefined || named === undefined
      ? undefined
      : { ...named, rest: restOf(template, base) };
  }

  #list(template: string, placeholders: Placeholders<ListValue>): NamedArns | undefined {
    if (!listsIn(template).some((list) => isTerraformList(placeholders[list]))) {
      return undefined;
    }
    const value = () =>
      resourceList([template], placeholders, (each) => this.#behindOthers(each, placeholders));
    return { arns: expression`${this.#reference(template, placeholders, value)}`, rest: "" };
  }

  #reference(
    template: string,
    placeholders: Placeholders<ListValue>,
    value: () => ListValue | string,
  ): string {
    const key = fillScalars(template, placeholders);
    const existing = this.#references.get(key);
    if (existing !== undefined) {
      return existing;
    }
    const resolved = value();
    const name = NAMES[template] ?? "arns";
    const isList = listsIn(template).length > 0;
    const scope = isList ? this.#lists : this.#singles;
    const others = scope.node.children.filter(({ node }) => node.id.startsWith(name));
    // Of another partition, or of another role: rarely is there more than one.
    const id = others.length === 0 ? name : `${name}_${others.length + 1}`;
    const local = new TerraformLocal(scope, id, resolved);
    if (!isList) {
      comment(local, "The one role that may be passed on.");
    } else if (scope.node.children.length === 1) {
      comment(local, "ARNs of what Remotion works with.");
    }
    this.#references.set(key, local.fqn);
    return local.fqn;
  }
}

/** What a template has behind another one; nothing where it does not begin with it. */
function restOf(template: string, base: string): string {
  return template.startsWith(base) ? template.slice(base.length) : "";
}
