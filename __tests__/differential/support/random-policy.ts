import type { Random } from "./random.js";
import { isStock, RECORDED_ROWS, type RecordedCall, stockCalls } from "./recorded-calls.js";
import { ACCOUNT, type PolicyText, type StatementText } from "./root.js";

/** Regions that generated policies and options name. */
export const REGIONS = ["us-east-1", "eu-central-1", "eu-west-1", "ap-south-1"] as const;

/** Buckets of Remotion's that they name. */
export const BUCKETS = [
  "remotionlambda-useast1-q1w2e3r4t5",
  "remotionlambda-eucentral1-a9s8d7f6g5",
  "remotionlambda-euwest1-z0x1c2v3b4",
] as const;

/** Functions of Remotion's that they name. */
export const FUNCTIONS = [
  "remotion-render-4-0-527-mem3008mb-disk2048mb-240sec",
  "remotion-render-4-0-527-mem2048mb-disk10240mb-900sec",
] as const;

/** Who has a generated policy, as far as its text speaks of it. */
export interface PolicyHolder {
  readonly actor: "user" | "role";
  readonly kind: "user" | "role";
  readonly name: string;
  readonly path: string;
  /** Roles that could be passed, as they stand in an ARN behind `role`. */
  readonly roles: readonly string[];
  /** Whether its text may speak of what only the caller's session decides. */
  readonly mayAskSession: boolean;
}

/** A random policy that allows much or little of what Remotion needs. */
export function randomPolicy(random: Random, holder: PolicyHolder): PolicyText {
  const statements = [...allowed(random, holder)];
  const changes = random.below(4);
  for (let change = 0; change < changes; change += 1) {
    changeOnce(random, holder, statements);
  }
  return policyOf(statements);
}

/** IAM takes no policy without a statement: where none is left, one that is about nothing of Remotion's. */
function policyOf(statements: readonly StatementText[]): PolicyText {
  const other: StatementText = { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["*"] };
  return { Version: "2012-10-17", Statement: statements.length === 0 ? [other] : statements };
}

/** A random permissions boundary: wide more often than not. */
export function randomBoundary(random: Random, holder: PolicyHolder): PolicyText {
  const wide: StatementText = { Effect: "Allow", Action: ["*"], Resource: ["*"] };
  const statements: StatementText[] = random.chance(0.4) ? [wide] : [...allowed(random, holder)];
  for (let change = random.below(3); change > 0; change -= 1) {
    // A module gives its boundary to users and roles alike.
    changeOnce(random, { ...holder, kind: "role" }, statements);
  }
  return policyOf(statements);
}

/** A policy that has nothing to do with Remotion. */
export function bystandersPolicy(random: Random): PolicyText {
  const statements: readonly StatementText[] = [
    {
      Effect: "Allow",
      Action: ["dynamodb:*"],
      Resource: [`arn:aws:dynamodb:*:${ACCOUNT}:table/t`],
    },
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::assets-of-others/*"] },
    { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["*"] },
    { Effect: "Deny", Action: ["iam:*"], Resource: ["*"] },
    {
      Effect: "Allow",
      Action: ["logs:PutLogEvents"],
      Resource: ["arn:aws:logs:*:*:log-group:/x:*"],
    },
  ];
  return { Version: "2012-10-17", Statement: random.some(statements, 1 + random.below(3)) };
}

function allowed(random: Random, holder: PolicyHolder): readonly StatementText[] {
  const calls = stockCalls(holder.actor);
  switch (random.below(7)) {
    case 0:
      return [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }];
    case 1:
      return [{ Effect: "Allow", Action: servicesOf(calls), Resource: ["*"] }];
    case 2:
      return [
        {
          Effect: "Allow",
          NotAction: random
            .some(calls, random.below(3) + 1)
            .map(({ action }) => pattern(random, action)),
          Resource: ["*"],
        },
      ];
    case 3:
      return [
        {
          Effect: "Allow",
          Action: servicesOf(calls),
          NotResource: random
            .some(
              calls.filter(({ resource }) => resource !== "*"),
              random.below(2) + 1,
            )
            .map((call) => resourceOf(random, call, holder)),
        },
      ];
    case 4:
      return ofRows(random, holder);
    default:
      return byResource(random, calls, holder);
  }
}

function servicesOf(calls: readonly RecordedCall[]): readonly string[] {
  return [...new Set(calls.map(({ action }) => `${action.split(":")[0]}:*`))];
}

/** What some APIs need, and nothing else. */
function ofRows(random: Random, holder: PolicyHolder): readonly StatementText[] {
  const rows = RECORDED_ROWS.filter(
    ({ actor }) => (actor === "function") === (holder.actor === "role"),
  );
  const calls = random.some(rows, 1 + random.below(12)).flatMap((row) => row.calls.filter(isStock));
  return byResource(random, calls, holder);
}

/** A statement for each kind of resource, as people write them. */
function byResource(
  random: Random,
  calls: readonly RecordedCall[],
  holder: PolicyHolder,
): readonly StatementText[] {
  const resources = new Map<string, string>();
  const byArn = new Map<string, Set<string>>();
  for (const call of calls) {
    const key = random.chance(0.3) ? "*" : call.resource;
    const known = resources.get(key) ?? (key === "*" ? "*" : resourceOf(random, call, holder));
    resources.set(key, known);
    byArn.set(known, (byArn.get(known) ?? new Set()).add(call.action));
  }
  return Array.from(byArn, ([resource, actions]) => ({
    Effect: "Allow" as const,
    Action: [...actions].map((action) => (random.chance(0.05) ? pattern(random, action) : action)),
    Resource: [resource],
  }));
}

/** A pattern that takes an action, and perhaps others. */
function pattern(random: Random, action: string): string {
  const [service = "", name = ""] = action.split(":");
  const at = 1 + random.below(name.length - 1);
  return random.pick([
    action,
    action.toUpperCase(),
    `${service}:*`,
    `${service}:${name.slice(0, at)}*`,
    `${service}:*${name.slice(at)}`,
    `${service}:${name.slice(0, at)}?${name.slice(at + 1)}`,
  ]);
}

/** A pattern for a resource of the record, as wide as people make them. */
function resourceOf(
  random: Random,
  { action, resource }: RecordedCall,
  holder: PolicyHolder,
): string {
  if (resource === "*" || random.chance(0.1)) {
    return "*";
  }
  const region = random.chance(0.25) ? random.pick(REGIONS) : "*";
  const account = random.chance(0.3) ? ACCOUNT : "*";
  const filled = resource
    .replace("{partition}", "aws")
    .replace("{region}", region)
    .replace("{account}", account)
    .replace("{insightsAccount}", "*")
    .replace("{bucket}", random.chance(0.2) ? random.pick(BUCKETS) : "remotionlambda-*")
    .replace("{function}", random.chance(0.2) ? random.pick(FUNCTIONS) : "remotion-render-*")
    .replace("{functionLogs}", "remotion-render-*")
    .replace("{caller}", random.chance(0.3) ? ownName(holder) : "*")
    .replace("{lambdaRole}", () => random.pick(holder.roles));
  const isLog = action === "logs:CreateLogStream" || action === "logs:PutLogEvents";
  return isLog && !filled.endsWith(":*") ? `${filled}:*` : filled;
}

/** The holder's name, written out or as a variable that IAM knows for users. */
function ownName({ kind, name }: PolicyHolder): string {
  return kind === "user" ? "${aws:username}" : name;
}

function changeOnce(random: Random, holder: PolicyHolder, statements: StatementText[]): void {
  const at = random.below(statements.length);
  const statement = statements[at];
  switch (random.below(5)) {
    case 0:
      statements.push(denial(random, holder));
      return;
    case 1:
      if (statement !== undefined && statements.length > 1) {
        statements.splice(at, 1);
      }
      return;
    case 2:
      if (statement?.Action !== undefined && statement.Action.length > 1) {
        statements[at] = { ...statement, Action: without(random, statement.Action) };
      }
      return;
    default:
      if (statement !== undefined) {
        statements[at] = {
          ...statement,
          Condition: {
            ...statement.Condition,
            ...(isForVariable(random, holder, statement)
              ? OPEN_VARIABLE
              : condition(random, holder)),
          },
        };
      }
  }
}

/** In a Deny, and where there is no user's name, the simulator errs: see differences.test.ts. */
function isForVariable(
  random: Random,
  { kind, mayAskSession }: PolicyHolder,
  { Effect }: StatementText,
): boolean {
  return mayAskSession && kind === "user" && Effect === "Allow" && random.chance(0.15);
}

function without<T>(random: Random, list: readonly T[]): readonly T[] {
  const dropped = random.below(list.length);
  return list.filter((_item, index) => index !== dropped);
}

function denial(random: Random, holder: PolicyHolder): StatementText {
  const call = random.pick(stockCalls(holder.actor));
  const about = random.chance(0.15)
    ? { NotAction: servicesOf(random.some(stockCalls(holder.actor), 8)) }
    : { Action: [pattern(random, call.action)] };
  // In a Deny a variable without a value is no matter of the simulator's: see differences.test.ts.
  const resource = resourceOf(random, call, { ...holder, kind: "role" });
  const where = random.chance(0.15) ? { NotResource: [resource] } : { Resource: [resource] };
  const when = random.chance(0.5) ? { Condition: condition(random, holder) } : {};
  return { Effect: "Deny", ...about, ...where, ...when };
}

type Condition = NonNullable<StatementText["Condition"]>;

/** A condition: an operator, a key, values that fit or not. */
type Ask = (random: Random, holder: PolicyHolder) => Condition;

const ask =
  (
    key: string,
    operators: readonly string[],
    values: (random: Random, holder: PolicyHolder) => readonly string[],
  ): Ask =>
  (random, holder) => {
    const operator = random.pick(operators);
    // IfExists with ForAnyValue is where the simulator errs: see differences.test.ts.
    const mayBeAbsent = !operator.startsWith("For") && random.chance(0.2);
    return operator === "Null"
      ? { Null: { [key]: [random.pick(["true", "false"])] } }
      : {
          [`${operator}${mayBeAbsent ? "IfExists" : ""}`]: { [key]: values(random, holder) },
        };
  };

const TEXT = [
  "StringEquals",
  "StringNotEquals",
  "StringLike",
  "StringNotLike",
  "StringEqualsIgnoreCase",
  "Null",
];
const ARN = ["ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "Null"];

const ownArn = ({ kind, name, path }: PolicyHolder) =>
  `arn:aws:iam::${ACCOUNT}:${kind}${path}${name}`;

/** Keys that the request and the plan decide. */
const KNOWN: readonly Ask[] = [
  ask("aws:RequestedRegion", TEXT, (random) => random.some(REGIONS, 1 + random.below(3))),
  ask("aws:RequestedRegion", ["StringLike", "StringNotLike"], (random) => [
    random.pick(["eu-*", "us-*", "*"]),
  ]),
  ask("aws:SecureTransport", ["Bool", "Null"], (random) => [random.pick(["true", "false"])]),
  ask("aws:PrincipalArn", ARN, (random, holder) => [
    random.pick([
      ownArn(holder),
      `arn:aws:iam::${ACCOUNT}:${holder.kind}/*`,
      `arn:aws:iam::${ACCOUNT}:role/admin`,
    ]),
  ]),
  ask("aws:PrincipalAccount", TEXT, (random) => [random.pick([ACCOUNT, ACCOUNT, "210987654321"])]),
  ask("aws:PrincipalType", TEXT, (random) => [random.pick(["User", "AssumedRole"])]),
  ask("aws:username", TEXT, (random, { name }) => [random.pick([name, "somebody-else"])]),
  ask("aws:ResourceAccount", TEXT, (random) =>
    random.pick([[ACCOUNT], [ACCOUNT, "678892195805"], ["210987654321"]]),
  ),
  ask("aws:ViaAWSService", ["Bool"], (random) => [random.pick(["true", "false"])]),
  ask("aws:CalledVia", ["ForAnyValue:StringEquals", "ForAllValues:StringEquals"], () => [
    "cloudformation.amazonaws.com",
  ]),
  ask("aws:CurrentTime", ["DateGreaterThan", "DateLessThan"], (random) => [
    random.pick(["2020-01-01T00:00:00Z", "2090-01-01T00:00:00Z"]),
  ]),
  ask("iam:PassedToService", TEXT, (random) => [
    random.pick(["lambda.amazonaws.com", "lambda.amazonaws.com", "ec2.amazonaws.com"]),
  ]),
  ask("aws:TagKeys", ["ForAllValues:StringEquals", "ForAnyValue:StringLike"], (random) => [
    random.pick(["remotion-*", "team"]),
  ]),
  (random) => ({
    [random.pick(["StringEquals", "StringNotEquals"])]: {
      "aws:ResourceAccount": ["${aws:PrincipalAccount}"],
    },
  }),
  ask("s3:ResourceAccount", TEXT, (random) => [random.pick([ACCOUNT, "210987654321"])]),
];

/** Keys that only the session of the caller decides. */
const SESSION: readonly Ask[] = [
  ask("aws:SourceIp", ["IpAddress", "NotIpAddress"], (random) => [
    random.pick(["203.0.113.0/24", "10.0.0.0/8"]),
  ]),
  ask("aws:PrincipalTag/team", TEXT, (random) => [random.pick(["video", "web"])]),
  ask("aws:MultiFactorAuthPresent", ["Bool", "Null"], (random) => [random.pick(["true", "false"])]),
  ask("aws:PrincipalOrgID", TEXT, () => ["o-a1b2c3d4e5"]),
  ask("aws:SourceVpce", TEXT, () => ["vpce-1a2b3c4d"]),
  ask("aws:UserAgent", ["StringLike", "StringNotLike"], () => ["*aws-sdk-js*"]),
];

/** Whether a text asks for a key that only the caller's session decides. */
export function asksSession(text: string): boolean {
  return /aws:(?:SourceIp|PrincipalTag|MultiFactorAuthPresent|PrincipalOrgID|SourceVpce|UserAgent)/.test(
    text,
  );
}

/** Whether a text asks who calls. */
export function asksForCaller(text: string): boolean {
  return /aws:(?:Principal|username)/.test(text);
}

/** A variable that perhaps has no value, which makes a statement mean nothing. */
const OPEN_VARIABLE: Condition = {
  StringNotEquals: { "aws:username": ["${aws:PrincipalTag/team}"] },
};

function condition(random: Random, holder: PolicyHolder): Condition {
  const table = holder.mayAskSession && random.chance(0.4) ? SESSION : KNOWN;
  const first = random.pick(table)(random, holder);
  return random.chance(0.2) ? { ...first, ...random.pick(table)(random, holder) } : first;
}
