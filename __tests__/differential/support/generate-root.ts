import { moduleInputs } from "./module-inputs.js";
import { Random } from "./random.js";
import {
  asksForCaller,
  asksSession,
  BUCKETS,
  bystandersPolicy,
  FUNCTIONS,
  type PolicyHolder,
  REGIONS,
  randomBoundary,
  randomPolicy,
} from "./random-policy.js";
import {
  ACCOUNT,
  type GeneratedRoot,
  type IntendedPolicy,
  type IntendedPrincipal,
  NEW_BUCKET,
  type PolicyText,
} from "./root.js";
import { type Draft, draft, intended, RootBuilder } from "./root-builder.js";

/** What roots are generated for. */
export interface Wish {
  readonly seed: number;
  /**
   * Whether they are applied to one account of the AWS mock: no name is that of another root, and no user has
   * a boundary, which the mock does not keep.
   */
  readonly forMock: boolean;
}

/** The root of a number: the same for the same seed. */
export function generateRoot(number: number, { seed, forMock }: Wish): GeneratedRoot {
  return new RootGenerator(number, new Random(seed * 100_003 + number), forMock).root();
}

const PATHS = ["/", "/", "/", "/video/", "/team/web/"] as const;
const USER_PROFILES = ["full", "deploy", "render"] as const;

/** Whether a policy that nobody has asks who has it. */
function asksForHolder({ kind, policies }: IntendedPrincipal): boolean {
  return kind === "policy" && asksForCaller(JSON.stringify(policies));
}

class RootGenerator {
  readonly #name: string;
  readonly #random: Random;
  readonly #builder: RootBuilder;
  readonly #prefix: string;
  readonly #drafts: Draft[] = [];
  readonly #options: string[] = [];
  /** Whether something may be asked that the plan cannot tell. */
  readonly #mayBeUnknown: boolean;
  readonly #forMock: boolean;
  /** Roles that could be passed, as they stand in an ARN behind `role`. */
  readonly #roles: string[] = [];

  constructor(number: number, random: Random, forMock: boolean) {
    this.#forMock = forMock;
    this.#name = `r${number}`;
    this.#random = random;
    this.#builder = new RootBuilder(random);
    this.#prefix = forMock ? `r${number}-` : random.pick(["", "", "prod-"]);
    this.#mayBeUnknown = random.chance(0.4);
  }

  root(): GeneratedRoot {
    const random = this.#random;
    this.#chooseOptions();
    const makesModules = random.chance(0.55);
    if (makesModules) {
      this.#modules();
    }
    if (!makesModules || random.chance(0.2)) {
      this.#functionsRole();
    }
    for (let count = (makesModules ? 0 : 1) + random.below(2); count > 0; count -= 1) {
      this.#caller();
    }
    for (let count = random.below(2); count > 0; count -= 1) {
      this.#bystander();
    }
    this.#nameParts();
    const principals = this.#drafts.map(intended);
    return {
      name: this.#name,
      content: this.#builder.content,
      options: this.#options,
      principals,
      isKnown:
        this.#builder.isKnown &&
        this.#options.includes("--account") &&
        !asksSession(JSON.stringify(principals)) &&
        !principals.some(asksForHolder),
    };
  }

  #chooseOptions(): void {
    const random = this.#random;
    if (!this.#mayBeUnknown || random.chance(0.6)) {
      this.#options.push("--account", ACCOUNT);
    }
    const some = (option: string, names: readonly string[], share: number) => {
      if (random.chance(share)) {
        this.#options.push(
          ...random.some(names, 1 + random.below(2)).flatMap((name) => [option, name]),
        );
      }
    };
    some("--region", REGIONS, 0.5);
    some("--bucket", BUCKETS, 0.15);
    some("--function", FUNCTIONS, 0.15);
  }

  #nameParts(): void {
    for (const { name, kind } of this.#drafts.filter(() => this.#random.chance(0.15))) {
      if (
        kind === "user" ||
        (kind === "role" && !this.#roles.some((role) => role.endsWith(`/${name}`)))
      ) {
        this.#options.push(
          this.#random.pick(["--user", "--caller"]),
          `${name}=${this.#random.pick(USER_PROFILES)}`,
        );
      }
    }
  }

  #modules(): void {
    const made = moduleInputs(this.#random, {
      prefix: this.#prefix,
      mayLimitUsers: !this.#forMock,
      boundary: (holder) => this.#boundary(holder),
      builder: this.#builder,
    });
    this.#drafts.push(...made.drafts);
    this.#roles.push(...made.roles);
    if (this.#random.chance(0.3)) {
      this.#exclusiveList(
        this.#random.pick(made.drafts.filter(({ kind }) => kind !== "policy")),
        true,
      );
    }
  }

  #functionsRole(): void {
    const random = this.#random;
    const name = `${this.#prefix}${random.pick(["remotion-lambda-role", "video-functions", "remotion-lambda-role-blue"])}`;
    if (!this.#roles.some((role) => role.endsWith(`/${name}`))) {
      const path = random.pick(PATHS);
      this.#roles.push(`${path}${name}`);
      this.#principal({ kind: "role", actor: "role", name, path }, "lambda.amazonaws.com");
    }
  }

  #caller(): void {
    const random = this.#random;
    const kind = random.pick(["user", "role", "role"] as const);
    const start = random.pick(["video-api", "ci", "remotion-user", "worker"]);
    const name = this.#builder.fresh(`${this.#prefix}${start}-`);
    const service = random.pick([
      "ecs-tasks.amazonaws.com",
      "ec2.amazonaws.com",
      "lambda.amazonaws.com",
    ]);
    this.#principal({ kind, actor: "user", name, path: random.pick(PATHS) }, service);
  }

  #bystander(): void {
    const name = this.#builder.fresh(`${this.#prefix}other-`);
    const one = this.#empty("role", name, "/", "ec2.amazonaws.com", undefined);
    this.#give(one, bystandersPolicy(this.#random));
  }

  #principal(about: Pick<PolicyHolder, "kind" | "actor" | "name" | "path">, service: string): void {
    const random = this.#random;
    const holder: PolicyHolder = {
      ...about,
      mayAskSession: this.#mayBeUnknown,
      roles: [...this.#roles, "/remotion-lambda-role", "/*"],
    };
    const mayBeLimited = !this.#forMock || about.kind === "role";
    const boundary = mayBeLimited && random.chance(0.25) ? this.#boundary(holder) : undefined;
    const one = this.#empty(about.kind, about.name, about.path, service, boundary);
    if (about.kind === "role" && random.chance(0.15)) {
      this.#giveInside(one, randomPolicy(random, holder));
      return;
    }
    this.#give(one, this.#perhapsUnknown(randomPolicy(random, holder)));
    if (random.chance(0.35)) {
      this.#give(one, randomPolicy(random, holder));
    }
    if (this.#mayBeUnknown && random.chance(0.1)) {
      this.#giveUnread(one);
    }
    if (random.chance(0.2)) {
      this.#exclusiveList(one, false);
    }
  }

  /** The same policy, or one with a grant for a bucket that gets its name at the apply. */
  #perhapsUnknown(policy: PolicyText): PolicyText {
    if (!this.#mayBeUnknown || !this.#random.chance(0.2)) {
      return policy;
    }
    const effect = this.#random.chance(0.3) ? "Deny" : "Allow";
    const grant = {
      Effect: effect,
      Action: ["s3:*"],
      Resource: [NEW_BUCKET, `${NEW_BUCKET}/*`],
    } as const;
    return { ...policy, Statement: [...policy.Statement, grant] };
  }

  #boundary(holder: Omit<PolicyHolder, "mayAskSession" | "roles">): {
    readonly arn: string;
    readonly policy: IntendedPolicy;
  } {
    const document = randomBoundary(this.#random, {
      ...holder,
      mayAskSession: this.#mayBeUnknown,
      roles: [...this.#roles, "/remotion-lambda-role", "/*"],
    });
    const name = this.#builder.fresh("boundary");
    const policyName = this.#policyName(name);
    this.#builder.resource("aws_iam_policy", name, {
      name: policyName,
      policy: this.#builder.policyArgument(document),
    });
    return { arn: `\${aws_iam_policy.${name}.arn}`, policy: { document } };
  }

  #empty(
    kind: "user" | "role",
    name: string,
    path: string,
    service: string,
    boundary: { readonly arn: string; readonly policy: IntendedPolicy } | undefined,
  ): Draft {
    const label = this.#builder.fresh("p");
    const common = {
      name,
      path,
      ...(boundary === undefined ? {} : { permissions_boundary: boundary.arn }),
    };
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    };
    const address = this.#builder.resource(
      `aws_iam_${kind}`,
      label,
      kind === "user" ? common : { ...common, assume_role_policy: JSON.stringify(trust) },
    );
    const one = draft({ address, kind, name, path });
    if (boundary !== undefined) {
      one.boundary = boundary.policy;
    }
    this.#drafts.push(one);
    return one;
  }

  /** Gives a policy by one of the ways that Terraform has. */
  #give(one: Draft, document: PolicyText): void {
    const random = this.#random;
    const builder = this.#builder;
    const label = builder.fresh("policy");
    const name = this.#policyName(label);
    const policy = { document };
    const holder = `\${${one.address}.name}`;
    const text = builder.policyArgument(document);
    if (random.chance(0.5)) {
      const address = builder.resource(`aws_iam_${one.kind}_policy`, label, {
        name,
        policy: text,
        [one.kind]: holder,
      });
      one.inline.push({ name, address, policy });
      return;
    }
    if (one.kind === "user" && random.chance(0.3)) {
      builder.resource("aws_iam_group", label, { name });
      builder.resource("aws_iam_group_policy", label, {
        name,
        group: `\${aws_iam_group.${label}.name}`,
        policy: text,
      });
      builder.resource("aws_iam_user_group_membership", label, {
        user: holder,
        groups: [`\${aws_iam_group.${label}.name}`],
      });
      one.ofGroups.push(policy);
      return;
    }
    const address = builder.resource("aws_iam_policy", label, { name, policy: text });
    const policy_arn = `\${${address}.arn}`;
    if (random.chance(0.25)) {
      builder.resource("aws_iam_policy_attachment", label, {
        name,
        policy_arn,
        [`${one.kind}s`]: [holder],
      });
    } else {
      builder.resource(`aws_iam_${one.kind}_policy_attachment`, label, {
        policy_arn,
        [one.kind]: holder,
      });
    }
    one.attached.push({ address, policy });
  }

  /** Gives a role a policy by an argument of the role itself, which names all that it has of that kind. */
  #giveInside(one: Draft, document: PolicyText): void {
    const label = this.#builder.fresh("policy");
    const name = this.#policyName(label);
    const policy = this.#builder.policyArgument(document);
    if (this.#random.chance(0.5)) {
      this.#builder.extend(one.address, { inline_policy: [{ name, policy }] });
      one.inline.push({ name, address: one.address, policy: { document } });
    } else {
      const address = this.#builder.resource("aws_iam_policy", label, { name, policy });
      this.#builder.extend(one.address, { managed_policy_arns: [`\${${address}.arn}`] });
      // A plan tells of a list with an ARN that is known after the apply what it refers to, and not what else it has.
      this.#builder.isKnown = false;
      one.hasUnread = true;
      one.attached.push({ address, policy: { document } });
    }
  }

  #giveUnread(one: Draft): void {
    this.#builder.isKnown = false;
    one.hasUnread = true;
    this.#builder.resource(`aws_iam_${one.kind}_policy_attachment`, this.#builder.fresh("unread"), {
      policy_arn: `arn:aws:iam::${ACCOUNT}:policy/of-another-team`,
      [one.kind]: `\${${one.address}.name}`,
    });
  }

  /** A list that names some of somebody's policies: the apply takes the others. */
  #exclusiveList(one: Draft, ofModule: boolean): void {
    const random = this.#random;
    const kept = <T>(all: readonly T[]) => all.filter(() => random.chance(0.6));
    const isInline = random.chance(0.5);
    const all = isInline ? one.inline : one.attached;
    const stay = new Set<unknown>(kept(all));
    if (all.length === 0 || (!isInline && one.hasUnread)) {
      return;
    }
    const holder = ofModule ? one.name : `\${${one.address}.name}`;
    // The apply is to take them after they were given.
    const depends_on = ofModule
      ? [one.address.split(".").slice(0, 2).join(".")]
      : this.#givers(one);
    if (isInline) {
      this.#builder.resource(
        `aws_iam_${one.kind}_policies_exclusive`,
        this.#builder.fresh("only"),
        {
          [`${one.kind}_name`]: holder,
          policy_names: one.inline.filter((item) => stay.has(item)).map(({ name }) => name),
          depends_on,
        },
      );
      one.inline.splice(0, Infinity, ...one.inline.filter((item) => stay.has(item)));
    } else if (!ofModule) {
      this.#builder.resource(
        `aws_iam_${one.kind}_policy_attachments_exclusive`,
        this.#builder.fresh("only"),
        {
          [`${one.kind}_name`]: holder,
          policy_arns: one.attached
            .filter((item) => stay.has(item))
            .map(({ address }) => `\${${address}.arn}`),
          depends_on,
        },
      );
      const detached = one.attached.filter((item) => !stay.has(item));
      this.#drafts.push(...detached.map(({ address, policy }) => this.#alone(address, policy)));
      one.attached.splice(0, Infinity, ...one.attached.filter((item) => stay.has(item)));
    }
  }

  /** A managed policy that nobody has any more. */
  #alone(address: string, policy: IntendedPolicy): Draft {
    const [, label = ""] = address.split(".");
    const one = draft({ address, kind: "policy", name: this.#policyName(label), path: "/" });
    one.attached.push({ address, policy });
    return one;
  }

  #policyName(label: string): string {
    return `${this.#prefix}${this.#name}-${label}`;
  }

  #givers({ inline, attached }: Draft): readonly string[] {
    return [
      ...inline.map(({ address }) => address),
      ...attached.flatMap(({ address }) => this.#builder.attachmentsOf(address)),
    ];
  }
}
