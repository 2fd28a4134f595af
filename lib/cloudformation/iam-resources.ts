import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { shownAddress } from "../json/shown.js";
import { REFERENCE_BLOCKS } from "../terraform/grants.js";
import type { IamResource } from "../terraform/iam-file.js";
import { mayNotBeMade } from "../terraform/notes.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Value } from "../terraform-expression/value.js";
import { arnOfResource, nameOfResource } from "./attributes.js";
import { documentOf, identityPolicyOf, managedPolicyOf } from "./policy-document.js";
import type { Declared, Item, Template, Worked } from "./template.js";

/** Who can have policies, as Terraform's resource types name them. */
type Kind = "user" | "role" | "group";

const HOLDERS: Readonly<Record<string, Kind>> = {
  "AWS::IAM::Group": "group",
  "AWS::IAM::Role": "role",
  "AWS::IAM::User": "user",
};

/** What IAM Identity Center makes a role of in each account. */
const PERMISSION_SET = "AWS::SSO::PermissionSet";
const SET_IN_TERRAFORM = "aws_ssoadmin_permission_set";

/** The properties of a policy that name those who have it. */
const NAMING: readonly (readonly [string, Kind])[] = [
  ["Users", "user"],
  ["Roles", "role"],
  ["Groups", "group"],
];

/** Resource types that are one policy in one of a kind, and the property that names whose it is. */
const POLICY_OF_ONE: Readonly<Record<string, readonly [string, Kind]>> = {
  "AWS::IAM::GroupPolicy": ["GroupName", "group"],
  "AWS::IAM::RolePolicy": ["RoleName", "role"],
  "AWS::IAM::UserPolicy": ["UserName", "user"],
};

/**
 * The IAM of a template, as the resources of Terraform that do the same: what CloudFormation writes in one
 * resource is several there.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
 */
export function iamResources(template: Template): readonly IamResource[] {
  const all = template.resources.map((resource) => new Translation(template, resource).resources());
  return [
    ...all.flatMap(({ made }) => made),
    // Where a resource says it, too, that is newer: it is made after whom it is for.
    ...all.flatMap(({ own }) => own),
  ];
}

/** What stands for a resource: what it makes, and what somebody says of their own policies and groups. */
interface Translated {
  readonly made: readonly IamResource[];
  readonly own: readonly IamResource[];
}

type Arguments = Readonly<Record<string, () => unknown>>;

class Translation {
  readonly #template: Template;
  readonly #resource: Declared;

  constructor(template: Template, resource: Declared) {
    this.#template = template;
    this.#resource = resource;
  }

  resources(): Translated {
    const { type } = this.#resource;
    const holder = Object.hasOwn(HOLDERS, type) ? HOLDERS[type] : undefined;
    if (holder !== undefined) {
      return this.#holder(holder);
    }
    return type === PERMISSION_SET ? this.#permissionSet() : { made: this.#grants(), own: [] };
  }

  #grants(): readonly IamResource[] {
    const { type } = this.#resource;
    const one = Object.hasOwn(POLICY_OF_ONE, type) ? POLICY_OF_ONE[type] : undefined;
    if (one !== undefined) {
      return this.#holders(...one).map((item) => this.#inlinePolicy(one[1], item));
    }
    switch (type) {
      case "AWS::IAM::Policy":
        return this.#named((kind, item) => this.#inlinePolicy(kind, item));
      case "AWS::IAM::ManagedPolicy":
        return [
          this.#made("aws_iam_policy", {
            ...this.#identity(),
            policy: () => identityPolicyOf(this.#property("PolicyDocument"), this.#template),
          }),
          ...this.#named((kind, { value, doubt }) =>
            this.#attachment(kind, value, this.#own(), doubt),
          ),
        ];
      case "AWS::IAM::UserToGroupAddition":
        return this.#holders("Users", "user").map(({ value, doubt }) =>
          this.#made(
            "aws_iam_user_group_membership",
            { user: () => value, groups: () => [this.#property("GroupName")] },
            doubt,
          ),
        );
      default:
        return [];
    }
  }

  /** A user, a role or a group, and what it says of its own policies and groups. */
  #holder(kind: Kind): Translated {
    const made = [
      this.#made(`aws_iam_${kind}`, {
        ...this.#identity(),
        permissions_boundary: () => managedPolicyOf(this.#property("PermissionsBoundary")),
        ...(kind === "role"
          ? { assume_role_policy: () => documentOf(this.#property("AssumeRolePolicyDocument")) }
          : {}),
      }),
    ];
    return { made, own: this.#ofHolder(kind) };
  }

  #ofHolder(kind: Kind): readonly IamResource[] {
    const own = this.#own();
    return [
      ...this.#items("Policies").map(({ value, doubt }) =>
        this.#made(
          `aws_iam_${kind}_policy`,
          {
            [kind]: () => own,
            name: () => textOf(this.#template.part(value, "PolicyName")),
            policy: () =>
              identityPolicyOf(this.#template.part(value, "PolicyDocument"), this.#template),
          },
          doubt,
        ),
      ),
      ...this.#items("ManagedPolicyArns").map(({ value, doubt }) =>
        this.#attachment(kind, own, managedPolicyOf(value) ?? null, doubt),
      ),
      ...(kind === "user" ? this.#items("Groups") : []).map(({ value, doubt }) =>
        this.#made(
          "aws_iam_user_group_membership",
          { user: () => own, groups: () => [value] },
          doubt,
        ),
      ),
    ];
  }

  /**
   * A permission set, with its policies and its boundary.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sso-permissionset.html
   */
  #permissionSet(): Translated {
    const own = { permission_set_arn: () => this.#own() };
    const reference = (value: Worked) => [
      {
        name: textOf(this.#template.part(value, "Name")),
        path: this.#template.part(value, "Path") ?? "/",
      },
    ];
    const boundary = this.#property("PermissionsBoundary");
    return {
      made: [
        this.#made(SET_IN_TERRAFORM, {
          name: () => textOf(this.#property("Name")),
          arn: () => this.#own(),
        }),
      ],
      own: [
        ...(this.#property("InlinePolicy") === undefined
          ? []
          : [
              this.#made("aws_ssoadmin_permission_set_inline_policy", {
                ...own,
                inline_policy: () =>
                  identityPolicyOf(this.#property("InlinePolicy"), this.#template),
              }),
            ]),
        ...this.#items("ManagedPolicies").map(({ value, doubt }) =>
          this.#made(
            "aws_ssoadmin_managed_policy_attachment",
            { ...own, managed_policy_arn: () => managedPolicyOf(value) ?? null },
            doubt,
          ),
        ),
        ...this.#items("CustomerManagedPolicyReferences").map(({ value, doubt }) =>
          this.#made(
            "aws_ssoadmin_customer_managed_policy_attachment",
            { ...own, [REFERENCE_BLOCKS]: () => reference(value) },
            doubt,
          ),
        ),
        ...(boundary === undefined
          ? []
          : [
              this.#made("aws_ssoadmin_permissions_boundary_attachment", {
                ...own,
                permissions_boundary: () => [this.#boundaryOfSet(boundary, reference)],
              }),
            ]),
      ],
    };
  }

  #boundaryOfSet(boundary: Worked, reference: (value: Worked) => unknown): unknown {
    const customers = this.#template.part(boundary, "CustomerManagedPolicyReference");
    return customers === undefined
      ? { managed_policy_arn: managedPolicyOf(this.#template.part(boundary, "ManagedPolicyArn")) }
      : { [REFERENCE_BLOCKS]: reference(customers) };
  }

  #inlinePolicy(kind: Kind, { value, doubt }: Item): IamResource {
    return this.#made(
      `aws_iam_${kind}_policy`,
      {
        [kind]: () => value,
        name: () => textOf(this.#property("PolicyName")),
        policy: () => identityPolicyOf(this.#property("PolicyDocument"), this.#template),
      },
      doubt,
    );
  }

  #attachment(kind: Kind, holder: Value, policy: Value, doubt: string | undefined): IamResource {
    return this.#made(
      `aws_iam_${kind}_policy_attachment`,
      { [kind]: () => holder, policy_arn: () => policy },
      doubt,
    );
  }

  /** What is made for each of those whom the resource names. */
  #named(make: (kind: Kind, item: Item) => IamResource): readonly IamResource[] {
    return NAMING.flatMap(([property, kind]) =>
      this.#holders(property, kind).map((item) => make(kind, item)),
    );
  }

  /** Those whom a property names; by a name that is written out, also those who may have it. */
  #holders(property: string, kind: Kind): readonly Item[] {
    return this.#items(property).flatMap((item) =>
      typeof item.value === "string" ? [item, ...this.#mayBeCalled(item.value, kind)] : [item],
    );
  }

  #mayBeCalled(name: string, kind: Kind): readonly Item[] {
    const { resources, limits } = this.#template;
    limits.spend(resources.length);
    return resources
      .filter(({ type }) => HOLDERS[type] === kind)
      .flatMap((resource) => {
        const own = nameOfResource(resource, this.#template);
        if (typeof own === "string") {
          return [];
        }
        const { reason, known } = own;
        return matchesGlob(parseGlob(known.pieces?.join("*") ?? "*"), name)
          ? [
              {
                value: new Unknown("it is in the template", [resource.id]),
                doubt: `whether ${shownAddress(resource.id)} is called ${shownAddress(name)} is not told: ${reason}`,
              },
            ]
          : [];
      });
  }

  #identity(): Arguments {
    return {
      name: () => nameOfResource(this.#resource, this.#template, Number.POSITIVE_INFINITY),
      path: () => this.#property("Path"),
      arn: () => {
        const arn = arnOfResource(this.#resource, this.#template);
        // What is known of it is put together elsewhere.
        return typeof arn === "string" ? arn : undefined;
      },
    };
  }

  #property(name: string): Worked {
    return this.#template.property(this.#resource, name);
  }

  #items(name: string): readonly Item[] {
    const { id } = this.#resource;
    return this.#template.items(this.#resource, name).map(({ value, doubt }) => ({
      value,
      doubt:
        doubt === undefined
          ? undefined
          : `whether a condition of ${shownAddress(id)} gives it is not told: ${doubt}`,
    }));
  }

  /** The resource itself, as others are told of it: by where it stands. */
  #own(): Unknown {
    return new Unknown("it is in the template", [this.#resource.id]);
  }

  #made(type: string, args: Arguments, doubt?: string): IamResource {
    const { id } = this.#resource;
    const caveat = doubt ?? this.#caveat(type);
    return {
      address: id,
      module: "",
      type,
      argument: (name) => (Object.hasOwn(args, name) ? args[name]?.() : undefined) ?? undefined,
      origins: () => [],
      fate: "made",
      ...(caveat === undefined ? {} : { caveat }),
    };
  }

  /** Why it is open whether the resource is made. What somebody says of itself, it has where it is made. */
  #caveat(type: string): string | undefined {
    const { id, type: declared } = this.#resource;
    const isMade = this.#template.isMade(this.#resource);
    const holder = Object.hasOwn(HOLDERS, declared) ? HOLDERS[declared] : undefined;
    const own = declared === PERMISSION_SET ? SET_IN_TERRAFORM : holder && `aws_iam_${holder}`;
    return isMade instanceof Unknown && (own === undefined || type === own)
      ? mayNotBeMade(id, isMade.reason)
      : undefined;
  }
}

/** A name: a number is one, too. */
function textOf(value: Worked): unknown {
  return typeof value === "number" ? String(value) : value;
}
