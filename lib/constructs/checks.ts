import { type IResolvable, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { brokenRule } from "../iam/errors.js";
import { canKeepRule } from "../iam/partial-text.js";
import { TAG_KEY } from "../iam/rules.js";
import { checkKind, checkObject, expected, type ValueKind } from "../iam/value-kind.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { aclWithoutWriting, writtenByCaller } from "../remotion/errors.js";
import {
  type BucketAccess,
  CALLER_ACCESSES,
  isWriterAccess,
  type OutputBucket,
} from "../remotion/output-bucket.js";
import { OUTPUT_BUCKETS } from "../remotion/output-bucket-kinds.js";
import { composedFrom } from "./composed-names.js";
import { encodedNumber, knownToTerraformOnly, unkeepableRule, wrongToken } from "./errors.js";
import { isSoleToken } from "./expression.js";
import { callerBucketRules, outputBucketRules, tagRules } from "./input-rules.js";
import { requireOfTerraform } from "./requirements.js";
import {
  type CheckedValue,
  choiceRule,
  listRule,
  type TerraformRule,
  textRule,
  wholeNumberRule,
} from "./terraform-rule.js";
import { holdsEncodedNumber, isSafeInQuotes, knownParts, shownTokens } from "./token-text.js";

/**
 * Checks the props of a construct against their declaration: that there is no other, that each is what
 * it may be, and that it keeps its rule. Of what only Terraform knows, Terraform is required to check
 * the same, once {@link enforceRequirements} has been called for the construct.
 *
 * @param kinds the declaration: every prop by its name
 * @throws when a prop is not what it may be, with its path, what it is and what it should be
 */
export function checkProps(
  scope: Construct,
  props: object,
  kinds: Readonly<Record<string, ValueKind>>,
): void {
  checkObject({ kind: "object", props: kinds }, "", props, {
    where: `${scope.node.path}: `,
    takesUnknown: (kind, path, value) => takesToken(scope, kind, path, value),
  });
}

/**
 * Checks a text against a rule. Of a text with tokens, the parts that are known keep the rule at once,
 * and Terraform is required to check the whole.
 *
 * @param nullable what only Terraform knows may turn out to be null. @default false
 * @throws when it breaks the rule, or would whatever Terraform puts in
 */
export function checkRule(
  scope: Construct,
  prop: string,
  value: string | undefined,
  rule: ValueRule,
  nullable = false,
): void {
  if (value === undefined) {
    return;
  }
  checkKnownParts(scope, prop, value, rule);
  if (Token.isUnresolved(value)) {
    const mayBeNull = nullable && isSoleToken(composedFrom(value));
    requireOfTerraform(scope, shownTokens(scope, prop), value, (checked) => [
      textRule({ ...checked, nullable: mayBeNull }, rule),
    ]);
  }
}

/**
 * Checks a text against a rule as far as it is known, for whoever has Terraform check the whole.
 *
 * @throws when it breaks the rule, or would whatever Terraform puts in
 */
export function checkKnownParts(
  scope: Construct,
  prop: string,
  value: string,
  rule: ValueRule,
): void {
  const where = `${scope.node.path}: ${shownTokens(scope, prop)}`;
  if (typeof value === "string" && holdsEncodedNumber(value)) {
    throw encodedNumber(where);
  }
  if (typeof value !== "string" || !Token.isUnresolved(value)) {
    if (typeof value !== "string" || !keepsRule(rule, value)) {
      throw brokenRule(where, value, rule);
    }
    return;
  }
  const whole = composedFrom(value);
  const parts = knownParts(whole);
  if (!isSafeInQuotes(parts) || !canKeepRule(rule, parts)) {
    throw unkeepableRule(where, shownTokens(scope, whole), rule);
  }
}

/**
 * Checks every text of a list against a rule, tokens as {@link checkRule} does. Of a list that only
 * Terraform knows, Terraform is required to check every text.
 *
 * @throws when one breaks the rule
 */
export function checkEvery(
  scope: Construct,
  prop: string,
  list: readonly string[] | IResolvable | undefined,
  rule: ValueRule,
): void {
  const kind: ValueKind = { kind: "list", items: { kind: "text", rule }, optional: true };
  checkKind(kind, prop, list, {
    where: `${scope.node.path}: `,
    takesUnknown: (each, path, value) => takesToken(scope, each, path, value),
  });
}

/** Checks that ACLs are asked for only where something is written. @throws where they are not */
export function checkAcls(scope: Construct, buckets: readonly OutputBucket[] | IResolvable): void {
  if (Token.isUnresolved(buckets)) {
    return;
  }
  for (const [index, { acl, access }] of (buckets as readonly OutputBucket[]).entries()) {
    if (acl === true && !isWriterAccess(access)) {
      throw aclWithoutWriting(`${scope.node.path}: outputBuckets[${index}]`, access);
    }
  }
}

/**
 * Checks the output buckets of a caller, which reads and deletes and never writes. A list that a caller
 * shares with Remotion's role holds what is the role's, too: the accesses then say what the caller takes.
 *
 * @throws when ACLs are asked for, or something is to be written to
 */
export function checkCallerBuckets(
  scope: Construct,
  buckets: readonly OutputBucket[] | IResolvable,
  accesses: readonly BucketAccess[] | undefined,
): void {
  checkAcls(scope, buckets);
  if (accesses !== undefined) {
    return;
  }
  if (Token.isUnresolved(buckets)) {
    requireOfTerraform(scope, "outputBuckets", buckets, callerBucketRules);
    return;
  }
  for (const [index, { access }] of (buckets as readonly OutputBucket[]).entries()) {
    if (isWriterAccess(access)) {
      throw writtenByCaller(
        `${scope.node.path}: outputBuckets[${index}].access`,
        access,
        CALLER_ACCESSES,
        "RemotionLambdaRole, or to RemotionBucketGrants",
      );
    }
  }
}

/** Checks what only Terraform knows, as far as it can be. @returns whether the value is of this sort */
function takesToken(scope: Construct, kind: ValueKind, path: string, value: unknown): boolean {
  const isText = typeof value === "string";
  if (
    kind.kind === "other" ||
    !(Token.isUnresolved(value) || (isText && holdsEncodedNumber(value)))
  ) {
    return false;
  }
  const prop = shownTokens(scope, path);
  const where = `${scope.node.path}: ${prop}`;
  if (kind.plain || kind.kind === "object") {
    throw knownToTerraformOnly(where, expected(kind));
  }
  if (kind.kind === "text" && kind.rule !== undefined && isText) {
    checkRule(scope, path, value, kind.rule, kind.nullable);
    return true;
  }
  if (!isTokenOf(kind, value)) {
    throw wrongToken(where, isText ? shownTokens(scope, value) : undefined, expected(kind));
  }
  const rules = rulesOf(kind);
  if (rules !== undefined) {
    requireOfTerraform(scope, prop, value, rules);
  }
  return true;
}

/** Whether a token, in one of the forms that CDKTF writes them in, may stand for such a value. */
function isTokenOf({ kind }: ValueKind, value: unknown): boolean {
  const isSole = typeof value === "string" && isSoleToken(value);
  const isAny = Tokenization.isResolvable(value);
  switch (kind) {
    case "text":
      return typeof value === "string" && !holdsEncodedNumber(value);
    case "choice":
      return isSole;
    case "flag":
      return isAny || isSole;
    case "number":
      return typeof value === "number";
    case "list":
      return isAny || isSole || Array.isArray(value);
    default:
      return typeof value === "object" && !Array.isArray(value);
  }
}

/** What Terraform is required to check of a token; nothing where it does so by itself, or another part asks. */
function rulesOf(kind: ValueKind): ((checked: CheckedValue) => TerraformRule[]) | undefined {
  switch (kind.kind) {
    case "choice":
      return (checked) => [choiceRule(checked, kind.choices)];
    case "number":
      return (checked) => [wholeNumberRule(checked, kind.from, kind.to, kind.unit)];
    case "list": {
      if (kind.items === OUTPUT_BUCKETS.items) {
        return outputBucketRules;
      }
      const rule = kind.items.kind === "text" ? kind.items.rule : undefined;
      return rule && ((checked) => listRule(checked, rule));
    }
    case "map":
      return kind.keys === TAG_KEY ? tagRules : undefined;
    default:
      return undefined;
  }
}
