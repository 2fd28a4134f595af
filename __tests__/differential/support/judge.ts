import { runSimulation, runUnsafeSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import type { Caller, MadeRequest } from "./request-facts.js";

/** What somebody has, each as parsed JSON. */
export interface HeldPolicies {
  readonly policies: readonly object[];
  readonly boundary: object | undefined;
  /** Whether there are further policies that nobody knows here: they may allow or deny anything. */
  readonly hasUnread: boolean;
}

/** What is decided whatever the session, and whatever stands where nobody knows it: or else both can be. */
export type Judgment = "allowed" | "denied" | "either";

/** A key with the values that a session may have; undefined where it may be without it. */
type Session = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Keys that the plan does not decide, by what follows `aws:`, with values that could be.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const OF_SESSION: readonly (readonly [pattern: RegExp, values: readonly (string | undefined)[]])[] =
  [
    // A request through a VPC endpoint has none.
    [/^aws:sourceip$/, ["203.0.113.7", "10.1.2.3", "198.51.100.1", undefined]],
    // In capitals, too: some operators compare without regard to case, and others do not.
    [/^aws:principaltag\//, ["video", "VIDEO", "web", "another", undefined]],
    [/^aws:multifactorauthpresent$/, ["true", "false", undefined]],
    [/^aws:principalorgid$/, ["o-a1b2c3d4e5", "O-A1B2C3D4E5", "o-other00000", undefined]],
    [/^aws:sourcevpce$/, ["vpce-1a2b3c4d", "vpce-99999999", undefined]],
    [/^aws:useragent$/, ["aws-sdk-js/3.900.0", "m/E aws-sdk-js/3.900.0", "other", undefined]],
  ];

/** Keys that follow from who calls, which a policy alone does not tell. */
const OF_PRINCIPAL: readonly (readonly [
  pattern: RegExp,
  values: readonly (string | undefined)[],
])[] = [
  [
    /^aws:principalarn$/,
    ["arn:aws:iam::123456789012:user/any", "arn:aws:iam::123456789012:role/admin"],
  ],
  [/^aws:principaltype$/, ["User", "AssumedRole"]],
  [/^aws:username$/, ["any", undefined]],
];

const MAX_SESSIONS = 24;

/** Stands in a text for the ARN of a bucket that has no name yet. */
const UNNAMED = /NEW-BUCKET-ARN/g;

/** What the bucket may be called; @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#bucket_prefix */
const NAMED_LATER = "arn:aws:s3:::remotionlambda-useast1-20260926101112131400000001";

/** Decides requests of one principal by cloud-copilot's simulator, which shares nothing with `lib/`. */
export class Judge {
  readonly #held: readonly HeldPolicies[];
  readonly #caller: Caller;
  readonly #text: string;
  readonly #key: readonly string[];
  /** What was decided, for all judges: many have the same policies. */
  readonly #memory: Map<string, boolean>;

  constructor(held: HeldPolicies, caller: Caller, memory: Map<string, boolean>) {
    this.#text = JSON.stringify([held.policies, held.boundary]).toLowerCase();
    this.#caller = caller;
    this.#held = variantsOf(held);
    this.#key = this.#held.map(({ policies, boundary }) => JSON.stringify([policies, boundary]));
    this.#memory = memory;
  }

  /** Whether a request is allowed. */
  async judge(request: MadeRequest): Promise<Judgment> {
    const sessions = this.#sessions(request);
    const seen = new Set<boolean>();
    for (const [variant, held] of this.#held.entries()) {
      for (const session of sessions) {
        seen.add(await this.#isAllowed(request, session, held, this.#key[variant] ?? ""));
      }
    }
    return seen.size > 1 ? "either" : seen.has(true) ? "allowed" : "denied";
  }

  /** What sessions there may be, as far as the policies ask. */
  #sessions({ keys }: MadeRequest): readonly Session[] {
    const asked = new Set(
      Array.from(this.#text.matchAll(/[a-z0-9-]+:[a-z0-9]+(?:\/[a-z0-9]+)?/g), ([key]) => key),
    );
    const open = [...OF_SESSION, ...(this.#caller.kind === "policy" ? OF_PRINCIPAL : [])];
    let sessions: readonly Session[] = [{}];
    for (const key of asked) {
      const [, values] = open.find(([pattern]) => pattern.test(key)) ?? [];
      if (values !== undefined && !(key in keys)) {
        sessions = sessions
          .flatMap((session) => values.map((value) => ({ ...session, [key]: value })))
          .filter((_session, index, all) => index % Math.ceil(all.length / MAX_SESSIONS) === 0);
      }
    }
    return sessions;
  }

  async #isAllowed(
    request: MadeRequest,
    session: Session,
    held: HeldPolicies,
    key: string,
  ): Promise<boolean> {
    // A key that no policy asks for decides nothing.
    const context: Record<string, string | string[]> = {};
    for (const [name, value] of Object.entries({ ...request.keys, ...session })) {
      if (value !== undefined && this.#text.includes(name)) {
        context[name] = typeof value === "string" ? value : [...value];
      }
    }
    const memo = `${key} ${request.action} ${request.resource} ${JSON.stringify(context)}`;
    const known = this.#memory.get(memo) ?? (await simulate(request, context, held));
    this.#memory.set(memo, known);
    return known;
  }
}

const ANYTHING = {
  allow: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
  deny: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] },
} as const;

/** The policies with what could stand where nobody knows it. */
function variantsOf(held: HeldPolicies): readonly HeldPolicies[] {
  const { policies } = held;
  const named = JSON.stringify(policies).match(UNNAMED)
    ? ["arn:aws:s3:::a-bucket-of-others", NAMED_LATER, "*"].map((arn) => ({
        ...held,
        policies: JSON.parse(JSON.stringify(policies).replaceAll(UNNAMED, arn)) as object[],
      }))
    : [held];
  return held.hasUnread
    ? named.flatMap((one) => [
        one,
        { ...one, policies: [...one.policies, ANYTHING.allow] },
        { ...one, policies: [...one.policies, ANYTHING.deny] },
      ])
    : named;
}

/**
 * What the simulator says. Its checked entry drops keys that its list lacks for an action, so that the other
 * one is asked; that a request for `*` is of an action without resources, only the checked one knows.
 */
async function simulate(
  { action, resource }: MadeRequest,
  contextVariables: Record<string, string | string[]>,
  { policies, boundary }: HeldPolicies,
): Promise<boolean> {
  const named = (policy: object, index: number) => ({ name: String(index), policy });
  const simulation: Simulation = {
    request: {
      principal: "arn:aws:iam::123456789012:user/anybody",
      action,
      // Another account's layers have a policy of their own that lets everybody read them.
      resource: { resource, accountId: "123456789012" },
      contextVariables,
    },
    identityPolicies: policies.map(named),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [named(boundary, 0)] }),
  };
  if (resource !== "*") {
    return runUnsafeSimulation(simulation, {}) === "Allowed";
  }
  const result = await runSimulation(simulation, {});
  if (result.resultType === "error") {
    throw new Error(`The simulator refuses ${action}: ${JSON.stringify(result.errors)}`);
  }
  return result.overallResult === "Allowed";
}
