import type { Random } from "./random.js";
import {
  type IntendedPolicy,
  type IntendedPrincipal,
  NEW_BUCKET,
  type PolicyText,
  type StatementText,
} from "./root.js";

type Arguments = Readonly<Record<string, unknown>>;

/** Somebody of a root that is being made. */
export interface Draft {
  readonly address: string;
  readonly kind: "user" | "role" | "policy";
  readonly name: string;
  readonly path: string;
  readonly inline: {
    readonly name: string;
    readonly address: string;
    readonly policy: IntendedPolicy;
  }[];
  readonly attached: { readonly address: string; readonly policy: IntendedPolicy }[];
  /** What it has through groups, which no list takes from it. */
  readonly ofGroups: IntendedPolicy[];
  boundary?: IntendedPolicy;
  hasUnread: boolean;
}

/** A draft without policies. */
export function draft(about: Pick<Draft, "address" | "kind" | "name" | "path">): Draft {
  return { ...about, inline: [], attached: [], ofGroups: [], hasUnread: false };
}

/** A draft as it is once the root is applied. */
export function intended({ inline, attached, ofGroups, ...rest }: Draft): IntendedPrincipal {
  return {
    ...rest,
    policies: [
      ...inline.map(({ policy }) => policy),
      ...attached.map(({ policy }) => policy),
      ...ofGroups,
    ],
  };
}

/** Collects the resources, data sources and module calls of a root. */
export class RootBuilder {
  readonly #blocks: Record<string, Record<string, Record<string, Arguments>>> = {};
  readonly #modules: Record<string, unknown> = {};
  readonly #random: Random;
  #count = 0;
  /** Whether all that decides is in the plan. */
  isKnown = true;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Text of `main.tf.json`. */
  get content(): object {
    const { resource, data } = this.#blocks;
    return {
      ...(resource === undefined ? {} : { resource }),
      ...(data === undefined ? {} : { data }),
      ...(Object.keys(this.#modules).length === 0 ? {} : { module: this.#modules }),
    };
  }

  /** Addresses of the resources that attach the managed policy of an address: they have its name. */
  attachmentsOf(address: string): readonly string[] {
    const [, label = ""] = address.split(".");
    return Object.entries(this.#blocks["resource"] ?? {})
      .filter(([type, named]) => type.endsWith("policy_attachment") && label in named)
      .map(([type]) => `${type}.${label}`);
  }

  /** A name that the root does not have yet. */
  fresh(start: string): string {
    this.#count += 1;
    return `${start}${this.#count}`;
  }

  /** Adds a resource, and gives its address. */
  resource(type: string, name: string, args: Arguments): string {
    this.#add("resource", type, name, args);
    return `${type}.${name}`;
  }

  /** Gives a resource further arguments. */
  extend(address: string, args: Arguments): void {
    const [type = "", name = ""] = address.split(".");
    this.#add("resource", type, name, { ...this.#blocks["resource"]?.[type]?.[name], ...args });
  }

  /** Adds a module call, and gives its address. */
  module(name: string, args: Arguments): string {
    this.#modules[name] = args;
    return `module.${name}`;
  }

  /** A document as the argument of a resource: as text, or from data sources, perhaps merged from several. */
  policyArgument(document: PolicyText): string {
    const text = JSON.stringify(document);
    if (text.includes(NEW_BUCKET)) {
      return withReference(text, this.#newBucket());
    }
    switch (this.#random.below(5)) {
      case 0:
        return this.#dataSource(document.Statement, []);
      case 1: {
        const at = this.#random.below(document.Statement.length + 1);
        const first = document.Statement.slice(0, at);
        const sources = first.length === 0 ? [] : [this.#dataSource(first, [])];
        return this.#dataSource(document.Statement.slice(at), sources);
      }
      case 2: {
        const [first, ...others] = document.Statement;
        return first === undefined || others.length === 0
          ? literal(text)
          : this.#dataSource(others, [
              literal(JSON.stringify({ ...document, Statement: [first] })),
            ]);
      }
      case 3:
        return this.#overridden(document.Statement);
      default:
        return literal(JSON.stringify(this.#shortened(document)));
    }
  }

  /** A document whose first statement is another one until it is overridden by its Sid. */
  #overridden([first, ...others]: readonly StatementText[]): string {
    if (first === undefined) {
      return this.#dataSource([], []);
    }
    const Sid = "Overridden";
    const before: StatementText = { Sid, Effect: "Deny", Action: ["*"], Resource: ["*"] };
    const last = { Version: "2012-10-17", Statement: [{ ...first, Sid }] };
    return this.#dataSource([before, ...others], [], [literal(JSON.stringify(last))]);
  }

  /** The same document, with some lists of one as that one alone: IAM takes both. */
  #shortened({ Version, Statement }: PolicyText): object {
    const statements = Statement.map((statement) =>
      Object.fromEntries(
        Object.entries(statement).map(([element, value]) => [
          element,
          Array.isArray(value) && value.length === 1 && this.#random.chance(0.5) ? value[0] : value,
        ]),
      ),
    );
    const [only] = statements;
    return {
      Version,
      Statement: statements.length === 1 && only !== undefined ? only : statements,
    };
  }

  #newBucket(): string {
    this.isKnown = false;
    const bucket = this.fresh("made");
    this.resource("aws_s3_bucket", bucket, { bucket_prefix: "remotionlambda-useast1-" });
    return `aws_s3_bucket.${bucket}.arn`;
  }

  #dataSource(
    statements: readonly StatementText[],
    sources: readonly string[],
    overriding: readonly string[] = [],
  ): string {
    const name = this.fresh("document");
    this.#add("data", "aws_iam_policy_document", name, {
      ...(sources.length === 0 ? {} : { source_policy_documents: sources }),
      ...(overriding.length === 0 ? {} : { override_policy_documents: overriding }),
      ...(statements.length === 0 ? {} : { statement: statements.map(statementBlock) }),
    });
    return `\${data.aws_iam_policy_document.${name}.json}`;
  }

  #add(kind: "resource" | "data", type: string, name: string, args: Arguments): void {
    const types = this.#blocks[kind] ?? {};
    this.#blocks[kind] = { ...types, [type]: { ...types[type], [name]: args } };
  }
}

/** A text that Terraform takes as it is. */
function literal(text: string): string {
  return text.replaceAll("${", () => "$${").replaceAll("%{", "%%{");
}

function withReference(text: string, reference: string): string {
  return literal(text).replaceAll(NEW_BUCKET, () => `\${${reference}}`);
}

/** A statement as a block of `aws_iam_policy_document`, where variables of IAM begin with `&`. */
function statementBlock(statement: StatementText): object {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const conditions = Object.entries(Condition).flatMap(([test, keys]) =>
    Object.entries(keys).map(([variable, values]) => ({ test, variable, values: escaped(values) })),
  );
  return {
    ...(Sid === undefined ? {} : { sid: Sid }),
    effect: Effect,
    ...(Action === undefined ? {} : { actions: Action }),
    ...(NotAction === undefined ? {} : { not_actions: NotAction }),
    ...(Resource === undefined ? {} : { resources: escaped(Resource) }),
    ...(NotResource === undefined ? {} : { not_resources: escaped(NotResource) }),
    ...(conditions.length === 0 ? {} : { condition: conditions }),
  };
}

function escaped(values: readonly string[]): readonly string[] {
  return values.map((value) => value.replaceAll("${", "&{"));
}
