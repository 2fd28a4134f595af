import { DEFAULT_NAMES } from "../../../lib/remotion/default-names.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Random } from "../../differential/support/random.js";
import { arn, document, LAMBDA_TRUST } from "../aws-account/support/answers.js";

/* Plans and states of Terraform in which each thing of IAM may be for each other one, be there or not, and be told or not. */

type Values = Readonly<Record<string, unknown>>;

interface Resource {
  readonly module: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values: Values;
}

const OF_OTHERS = document("Others", {
  Action: ["dynamodb:GetItem", "s3:GetObject"],
  Resource: ["arn:aws:dynamodb:*:*:table/t", "arn:aws:s3:::of-others/*"],
});

const USUAL = [
  OF_OTHERS,
  document("Logs", { Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }),
  document("Denies", { Effect: "Deny", Action: "*", Resource: "*" }),
].map((one) => JSON.stringify(one));

const SELDOM = [
  ...[
    document("All", { Action: "*", Resource: "*" }),
    userPolicy(),
    userPolicy({ profile: "render", regions: ["eu-central-1"] }),
    rolePolicy(),
    document("Passes", { Action: "iam:PassRole", Resource: arn("role", "app-role") }),
    document("One", {
      Action: "lambda:InvokeFunction",
      Resource: "arn:aws:lambda:us-east-1:*:function:of-others",
    }),
    { Version: "2012-10-17", Statement: [{ Effect: "Maybe" }] },
  ].map((one) => JSON.stringify(one)),
  "no policy",
  "",
  '{"Version":"2012-10-17","Statement":[],"Statement":[]}',
];

const ROLES = ["app-role", "a", "b", "c", "d", "e", "f", "staging-remotion-lambda-role"];
const USERS = ["u", "v", "w", "x", "y", "remotion-user"];
const POLICIES = ["p0", "p1", "p2", "p3", DEFAULT_NAMES.lambdaRole];
const GROUPS = ["g", "h"];

const MODULES = [
  "",
  "",
  "",
  "module.team",
  'module.each["x"]',
  'module.each["y.z"]',
  "module.ours",
];
const IN_OURS = "module.ours.module.inner";

/** What is in a plan or a state, and what the configuration says of it. */
export class RandomTerraform {
  readonly #random: Random;
  readonly #all: Resource[] = [];
  readonly #isPlan: boolean;
  /** How often something is unusual. */
  readonly #oddity: number;

  constructor(random: Random, isPlan: boolean) {
    this.#random = random;
    this.#isPlan = isPlan;
    this.#oddity = random.pick([0, 0.02, 0.02, 0.06, 0.2]);
    const each = (most: number, make: () => void) => {
      for (let count = random.below(most + 1); count > 0; count -= 1) {
        make();
      }
    };
    each(7, () => this.#add("aws_iam_role", this.#role()));
    each(4, () => this.#add("aws_iam_user", this.#user()));
    each(1, () => this.#add("aws_iam_group", { name: random.pick(GROUPS) }));
    each(4, () => this.#add("aws_iam_policy", this.#policy()));
    each(6, () => {
      const kind = random.pick(["role", "role", "user"]);
      this.#add(`aws_iam_${kind}_policy`, this.#inline(kind));
    });
    each(6, () => {
      const kind = random.pick(["role", "role", "user"]);
      this.#add(`aws_iam_${kind}_policy_attachment`, {
        [kind]: this.#holder(kind),
        policy_arn: this.#policyArn(),
      });
    });
    each(random.chance(0.5) ? 2 : 0, () => this.#further());
  }

  /** In the form of `terraform show -json`. */
  plan(): Readonly<Record<string, unknown>> {
    return {
      format_version: "1.2",
      planned_values: { root_module: this.#modules() },
      resource_changes: this.#changes(),
      ...(this.#odd() ? { deferred_changes: [this.#deferred()] } : {}),
      configuration: this.#configuration(),
    };
  }

  /** Likewise. */
  state(): Readonly<Record<string, unknown>> {
    return {
      format_version: "1.0",
      terraform_version: "1.15.0",
      values: { root_module: this.#modules() },
    };
  }

  /** In the form of `terraform.tfstate`. */
  rawState(): Readonly<Record<string, unknown>> {
    const byPath = new Map<string, Resource[]>();
    for (const one of this.#all) {
      const path = [one.module, one.type, one.name].join(" ");
      byPath.set(path, [...(byPath.get(path) ?? []), one]);
    }
    return {
      version: 4,
      terraform_version: "1.15.0",
      serial: 1,
      lineage: "a",
      resources: [...byPath.values()].map((instances) => {
        const [{ module = "", type = "", name = "" } = {}] = instances;
        return {
          ...(module === "" ? {} : { module }),
          mode: "managed",
          type,
          name,
          instances: instances.map(({ index, values }) => ({
            ...(index === undefined ? {} : { index_key: index }),
            ...(this.#odd() ? { deposed: "00000001" } : {}),
            attributes: values,
          })),
        };
      }),
    };
  }

  #odd(): boolean {
    return this.#random.chance(this.#oddity);
  }

  #add(type: string, values: Values): void {
    const random = this.#random;
    const module = random.chance(0.05) ? IN_OURS : random.pick(MODULES);
    const name = random.pick(["this", "this", "that", "other", "one", "two", "three"]);
    const index = random.pick([undefined, "k", "l", "m", 0, 1]);
    const known: Record<string, unknown> = { ...values };
    for (const key of Object.keys(known)) {
      if (this.#odd()) {
        if (this.#isPlan && random.chance(0.8)) {
          delete known[key];
        } else {
          known[key] = random.pick<unknown>([null, [null], 1, "", {}]);
        }
      }
    }
    const one = { module, type, name, ...(index === undefined ? {} : { index }), values: known };
    const isTaken = this.#all.some((other) => addressOf(other) === addressOf(one));
    if (!isTaken || this.#odd()) {
      this.#all.push(one);
    }
  }

  #text(): string {
    return this.#random.chance(0.15) ? this.#random.pick(SELDOM) : this.#random.pick(USUAL);
  }

  #holder(kind: string): string {
    const names = kind === "role" ? ROLES : kind === "user" ? USERS : GROUPS;
    // The last is one of Remotion's.
    return this.#random.chance(0.05)
      ? "elsewhere"
      : this.#random.pick(names.slice(0, this.#most(names)));
  }

  #most(names: readonly string[]): number {
    return names.length - Number(this.#random.chance(0.8));
  }

  #policyArn(): string {
    const random = this.#random;
    if (random.chance(0.15)) {
      return random.pick([
        "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
        "arn:aws:iam::aws:policy/AmazonSQSFullAccess",
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::aws:policy/AWSUnknownPolicy",
        "no ARN",
      ]);
    }
    return arn("policy", random.pick(POLICIES.slice(0, this.#most(POLICIES))));
  }

  #common(name: string, kind: "role" | "user"): Values {
    const random = this.#random;
    return {
      name,
      ...(random.chance(0.5) ? { arn: arn(kind, name) } : {}),
      ...(this.#odd() ? { arn: `arn:aws-cn:iam::123456789012:${kind}/${name}` } : {}),
      ...(random.chance(0.7)
        ? { permissions_boundary: random.chance(0.2) ? this.#policyArn() : random.pick([null, ""]) }
        : {}),
    };
  }

  #role(): Values {
    const random = this.#random;
    const blocks = Array.from({ length: random.below(3) }, () => ({
      name: random.pick(["one", "two", "", this.#odd() ? "remotion-x" : "three"]),
      policy: this.#text(),
    }));
    return {
      ...this.#common(this.#holder("role"), "role"),
      path: "/",
      assume_role_policy: JSON.stringify(
        random.chance(0.5) ? LAMBDA_TRUST : document("None", { Principal: { AWS: "*" } }),
      ),
      ...(random.chance(0.7) ? { inline_policy: blocks } : {}),
      ...(random.chance(0.7)
        ? { managed_policy_arns: random.chance(0.2) ? [this.#policyArn()] : [] }
        : {}),
    };
  }

  #user(): Values {
    return { ...this.#common(this.#holder("user"), "user"), path: "/" };
  }

  #policy(): Values {
    const name = this.#random.pick(POLICIES.slice(0, this.#most(POLICIES)));
    return {
      name,
      path: "/",
      ...(this.#random.chance(0.8) ? { arn: arn("policy", name) } : {}),
      policy: this.#text(),
    };
  }

  #inline(kind: string): Values {
    return {
      name: this.#random.pick(["one", "two", "three", this.#odd() ? "remotion-x" : "four"]),
      [kind]: this.#holder(kind),
      policy: this.#text(),
    };
  }

  /** What is about users and roles, and is never passed over. */
  #further(): void {
    const random = this.#random;
    const kind = random.pick(["role", "user"]);
    const [type, values] = random.pick<[string, Values]>([
      [
        "aws_iam_policy_attachment",
        {
          name: "all",
          policy_arn: this.#policyArn(),
          roles: [this.#holder("role"), this.#holder("role")],
          users: [this.#holder("user")],
          groups: [],
        },
      ],
      ["aws_iam_group_membership", { name: "m", group: "g", users: [this.#holder("user")] }],
      ["aws_iam_user_group_membership", { user: this.#holder("user"), groups: ["g", "h"] }],
      ["aws_iam_group_policy", { name: "one", group: "g", policy: this.#text() }],
      [
        `aws_iam_${kind}_policies_exclusive`,
        { [`${kind}_name`]: this.#holder(kind), policy_names: ["one", "six"] },
      ],
      [
        `aws_iam_${kind}_policy_attachments_exclusive`,
        { [`${kind}_name`]: this.#holder(kind), policy_arns: [this.#policyArn()] },
      ],
      ["aws_lambda_function", { function_name: "f", role: arn("role", this.#holder("role")) }],
      ["aws_iam_instance_profile", { name: "i", role: this.#holder("role") }],
      ["aws_sns_topic", { name: "t" }],
      [
        "aws_s3_bucket_policy",
        { bucket: "remotionlambda-useast1-abcdefghij", policy: this.#text() },
      ],
    ]);
    this.#add(type, values);
  }

  #modules(): Values {
    const of = (module: string, hasResources: boolean) => ({
      ...(module === "" ? {} : { address: module }),
      resources: this.#all.filter((one) => hasResources && one.module === module).map(planned),
    });
    const called = [...new Set(MODULES.filter((module) => module !== ""))];
    return {
      ...of("", true),
      child_modules: called.map((module) => ({
        ...of(module, true),
        ...(module === "module.ours" ? { child_modules: [of(IN_OURS, true)] } : {}),
      })),
    };
  }

  #changes(): readonly Values[] {
    const random = this.#random;
    const changes = this.#all
      .filter(() => !this.#odd())
      .map((one) => {
        const actions = this.#odd()
          ? random.pick([
              ["update"],
              ["delete", "create"],
              ["create", "delete"],
              ["forget"],
              ["no-op"],
            ])
          : random.pick([["no-op"], ["no-op"], ["no-op"], ["create"]]);
        const isNew = actions.join() === "create";
        const others = this.#all.filter(({ type }) => type === one.type);
        const before = actions.join() === "no-op" ? one.values : random.pick(others).values;
        return { ...about(one), change: { actions, before: isNew ? null : before } };
      });
    const deleted = this.#all
      .filter(() => this.#odd())
      .map((one) => ({
        ...about({ ...one, name: random.pick(["gone", one.name]) }),
        ...(random.chance(0.3) ? { deposed: "00000001" } : {}),
        change: { actions: [random.pick(["delete", "forget"])], before: one.values },
      }));
    return [...changes, ...deleted];
  }

  #deferred(): Values {
    const [one] = this.#random.some(this.#all, 1);
    if (one === undefined) {
      return {};
    }
    const { module, values } = one;
    return {
      reason: "provider_config_unknown",
      resource_change: {
        ...about({ ...one, name: this.#random.pick(["later", one.name]) }),
        module_address: module,
        change: { actions: ["create"], before: null, after: this.#odd() ? {} : values },
      },
    };
  }

  #configuration(): Values {
    const resources = (modules: readonly string[]) => {
      const paths = new Map<string, Resource>();
      for (const one of this.#all.filter(({ module }) => modules.includes(module))) {
        paths.set(`${one.type}.${one.name}`, one);
      }
      return Array.from(paths, ([address, { type, name }]) => ({
        address,
        mode: "managed",
        type,
        name,
        expressions: this.#expressions(type),
        ...(this.#random.chance(0.3)
          ? {
              for_each_expression: {
                references: [this.#random.pick(["var.all", "aws_iam_role.this"])],
              },
            }
          : {}),
      }));
    };
    const call = (source: string, modules: readonly string[], more: object = {}) => ({
      source,
      module: { resources: resources(modules), ...more },
    });
    return {
      root_module: {
        resources: resources([""]),
        module_calls: {
          team: call("./team", ["module.team"]),
          each: call("./each", ['module.each["x"]', 'module.each["y.z"]']),
          ours: call(
            "registry.example/remotion/aws//modules/remotion-user?ref=v1",
            ["module.ours"],
            {
              module_calls: { inner: call("./inner", [IN_OURS]) },
            },
          ),
        },
      },
    };
  }

  #expressions(type: string): Values {
    const random = this.#random;
    const referring = () => ({
      references: random.pick([
        ["aws_iam_role.this.id", "aws_iam_role.this"],
        ["aws_iam_role.this"],
        ["aws_iam_user.this", "each.key"],
        ['aws_iam_role.that["k"].name', 'aws_iam_role.that["k"]', "aws_iam_role.that"],
        ["aws_iam_policy.this.arn", "aws_iam_policy.this"],
        ["aws_iam_policy.that[0].arn", "aws_iam_policy.that[0]", "aws_iam_policy.that"],
        ["aws_sns_topic.this.arn", "aws_sns_topic.this"],
        ["each.value.role", "each.value"],
        ["var.name"],
        ["local.name"],
        [],
      ]),
    });
    const names = [
      "name",
      "role",
      "user",
      "users",
      "roles",
      "policy",
      "policy_arn",
      "policy_arns",
      "role_name",
      ...(type === "aws_iam_role" || type === "aws_iam_user"
        ? ["permissions_boundary", "managed_policy_arns", "inline_policy"].filter(() => this.#odd())
        : []),
    ];
    return Object.fromEntries(
      names
        .filter(() => random.chance(0.7))
        .map((name) => [name, random.chance(0.3) ? { constant_value: "c" } : referring()]),
    );
  }
}

function addressOf({ module, type, name, index }: Omit<Resource, "values">): string {
  const key = index === undefined ? "" : `[${JSON.stringify(index)}]`;
  return `${module === "" ? "" : `${module}.`}${type}.${name}${key}`;
}

function about(one: Resource): Values {
  const { module: _module, values: _values, ...rest } = one;
  return { address: addressOf(one), mode: "managed", ...rest };
}

function planned(one: Resource): Values {
  return { ...about(one), values: one.values };
}
