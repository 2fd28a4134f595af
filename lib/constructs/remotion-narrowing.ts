import { type IResolvable, TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../iam/policy-document.js";
import { ACCOUNT_ID, BUCKET_NAME, FUNCTION_NAME, REGION } from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import {
  ACCOUNT_OPERATOR,
  accountCondition,
  RESOURCE_ACCOUNT,
} from "../remotion/account-condition.js";
import {
  bucketsOfRegion,
  type List,
  placeholdersOf,
  WILDCARDS,
} from "../remotion/resource-scope.js";
import { ArnLocals } from "./arn-locals.js";
import { checkProps } from "./checks.js";
import { comment } from "./comment.js";
import { type ExpressionPart, expression, inQuotes, textPart } from "./expression.js";
import { nullableText, texts } from "./kinds.js";
import type { ListValue } from "./resource-list.js";

/** Props of {@link RemotionNarrowing}. Each may be a token; empty is the same as not given. */
export interface RemotionNarrowingProps {
  /** Regions that Remotion is used in, as in `us-east-1`. @default every region */
  readonly regions?: readonly string[] | IResolvable;
  /**
   * The account, as twelve digits; of buckets by a condition, but in the profile `full`, which is Remotion's
   * own. @default every account
   */
  readonly accountId?: string;
  /** Remotion's buckets, by name. @default those that begin with `remotionlambda-` */
  readonly bucketNames?: readonly string[] | IResolvable;
  /** Remotion's functions, by name. @default those that begin with `remotion-render-` */
  readonly functionNames?: readonly string[] | IResolvable;
}

const KINDS = kindsOf<RemotionNarrowingProps>()({
  regions: texts(REGION),
  accountId: nullableText(ACCOUNT_ID),
  bucketNames: texts(BUCKET_NAME),
  functionNames: texts(FUNCTION_NAME),
});

/**
 * What the wildcards of Remotion's policies are narrowed to. One instance serves any number of
 * users, roles and policies of a stack.
 *
 * @throws when a prop breaks AWS's rule for it
 */
export class RemotionNarrowing extends Construct {
  /** The regions that were given; empty for every region. */
  readonly regions: readonly string[] | IResolvable;
  /** What the placeholder for the account stands for. */
  readonly account: string;
  /** What the placeholders for lists stand for. */
  readonly lists: Readonly<Record<List, ListValue>>;
  /** The ARNs that Terraform puts together from all that. */
  readonly arns: ArnLocals;
  /** Holds the local of the condition, which is made when it is asked for and stands before those of ARNs. */
  readonly #conditions: Construct;
  /** The account that was given, as it stands in an expression. */
  readonly #accountId: ExpressionPart;
  #accountCondition: IResolvable | undefined;

  constructor(scope: Construct, id: string, props: RemotionNarrowingProps = {}) {
    super(scope, id);
    checkProps(this, props, KINDS);
    const { regions = [], accountId, bucketNames = [], functionNames = [] } = props;
    this.regions = regions;
    this.#accountId = textPart(accountId ?? "");

    this.account = Token.isUnresolved(accountId)
      ? this.#local("account", expression`coalesce(${this.#accountId}, "${WILDCARDS.account}")`)
      : (accountId ?? WILDCARDS.account);

    const plain = placeholdersOf(
      {
        regions: plainList(regions),
        bucketNames: plainList(bucketNames),
        functionNames: plainList(functionNames),
      },
      withoutDashes,
    );
    const bucket =
      isToken(bucketNames) || isToken(regions)
        ? this.#list(
            "buckets",
            bucketNames,
            isToken(regions)
              ? expression`[for region in ${regions} : "${bucketsOfRegion('${replace(region, "-", "")}')}"]`
              : plain.bucket,
            [WILDCARDS.bucket],
          )
        : plain.bucket;
    this.lists = {
      region: isToken(regions) ? this.#list("regions", regions, [WILDCARDS.region]) : plain.region,
      bucket,
      bucketTree: isToken(bucketNames)
        ? this.#list(
            "bucket_trees",
            expression`flatten([for name in ${bucketNames} : [name, "\${name}/*"]])`,
            bucket,
          )
        : plainList(bucketNames).length > 0
          ? plain.bucketTree
          : bucket,
      function: isToken(functionNames)
        ? this.#list("functions", functionNames, [WILDCARDS.function])
        : plain.function,
      functionLogs: isToken(functionNames)
        ? this.#list(
            "function_logs",
            expression`flatten([for name in ${functionNames} : [name, "\${name}:*"]])`,
            [WILDCARDS.function],
          )
        : plain.functionLogs,
    };
    this.#conditions = new Construct(this, "this");
    this.arns = new ArnLocals(new Construct(this, "_"));
  }

  /**
   * The condition that limits buckets to the account: undefined without one, and `null` in Terraform where only
   * Terraform knows that there is none.
   */
  get accountCondition(): Statement["Condition"] | IResolvable {
    if (!Token.isUnresolved(this.account)) {
      return this.account === WILDCARDS.account ? undefined : accountCondition(this.account);
    }
    this.#accountCondition ??= this.#conditionLocal();
    return this.#accountCondition;
  }

  #conditionLocal(): IResolvable {
    const local = new TerraformLocal(
      this.#conditions,
      "account_condition",
      expression`${this.#accountId} == null ? null : { ${ACCOUNT_OPERATOR} = { "${RESOURCE_ACCOUNT}" = ${this.#accountId} } }`,
    );
    comment(
      local,
      "Null without an account. ARNs of buckets name none, so a condition limits them to it. StringLike says the same of twelve digits as StringEquals, in two characters less of the quota.",
    );
    return expression`${local.fqn}`;
  }

  /** A local with the first of some lists that is not empty. */
  #list(id: string, ...lists: readonly ListValue[]): IResolvable {
    const parts = lists
      .filter((list) => isToken(list) || plainList(list).length > 0)
      .map((list): ExpressionPart => (isToken(list) ? list : quotedList(plainList(list))));
    const joined = parts.reduce((all, part) => expression`${all}, ${part}`);
    return expression`${this.#local(id, expression`coalescelist(${joined})`)}`;
  }

  #local(id: string, value: IResolvable): string {
    const local = new TerraformLocal(this, id, value);
    if (this.node.children.length === 1) {
      comment(local, "What ARNs are made of: what is given, or else Remotion's own wildcards.");
    }
    return local.fqn;
  }
}

/** What narrows a policy; what another copy of this package made is not known to be checked. */
export const NARROWING = orNone({
  kind: "other",
  is: (value: unknown) => value instanceof RemotionNarrowing,
  expected: "a RemotionNarrowing, as new RemotionNarrowing(scope, id, { regions }) makes it",
} as const);

/** A list of strings, perhaps with tokens in them, as it stands in an expression. */
function quotedList(values: readonly string[]): IResolvable {
  const items = values.reduce(
    (text, value, index) => expression`${text}${index > 0 ? ", " : ""}"${inQuotes(value)}"`,
    expression``,
  );
  return expression`[${items}]`;
}

/** A region as it stands in the names of Remotion's buckets. */
function withoutDashes(region: string): string {
  return Token.isUnresolved(region)
    ? expression`replace(${textPart(region)}, "-", "")`.toString()
    : region.replaceAll("-", "");
}

function isToken(list: ListValue): list is IResolvable {
  return Token.isUnresolved(list);
}

function plainList(list: ListValue): readonly string[] {
  return isToken(list) ? [] : (list as readonly string[]);
}
