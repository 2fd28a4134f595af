import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { type IResolvable, Token } from "cdktf";
import { Construct } from "constructs";
import { QUOTAS } from "../iam/quotas.js";
import { FUNCTION_NAME, ROLE_NAME } from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import { CALLER_LOGS } from "../remotion/caller-logs.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { DESCRIPTIONS } from "../remotion/descriptions.js";
import { placeholdersOf, WILDCARDS } from "../remotion/resource-scope.js";
import { checkProps } from "./checks.js";
import { CONCERNS, concern } from "./concern.js";
import { allOf, attributeOf, attributeOrNull, type Condition, createWhen } from "./condition.js";
import { instanceProfileWithoutEc2 } from "./errors.js";
import { expression } from "./expression.js";
import { CREATE, FLAG, PRINCIPAL, SESSION_DURATION, TEXT_MAP, text, texts } from "./kinds.js";
import { enforceNameLength } from "./name-length.js";
import { optional } from "./optional.js";
import { enforcePartition } from "./partition-check.js";
import { enforceQuota } from "./policy-quota.js";
import { type PolicyText, policyText } from "./policy-text.js";
import { addPrecondition } from "./precondition.js";
import { enforceRequirements } from "./requirements.js";
import { attachPolicies } from "./role-attachments.js";
import { checkTrust, enforceTrust, providerArns } from "./trust-checks.js";
import { TRUST } from "./trust-kinds.js";
import { type TrustProps, trustText } from "./trust-text.js";

/** Props of {@link RemotionExecutionRole}. Every string may be a token. Somebody must be trusted. */
export interface RemotionExecutionRoleProps extends TrustProps {
  /**
   * Name of the role and of its instance profile: 1 to 64 of letters, digits and `_+=,.@-`.
   * @default "remotion-execution-role"
   */
  readonly name?: string;
  /** IAM path of the role and of its instance profile. @default "/" */
  readonly path?: string;
  /** Managed policies for the role: a key fixed in the code → the policy's ARN. @default none */
  readonly policyArns?: Readonly<Record<string, string>>;
  /** Lambda functions that run as the role, by name: it may write their logs. @default none */
  readonly logFunctionNames?: readonly string[] | IResolvable;
  /** Make an instance profile too, which is how an EC2 instance gets a role. @default false */
  readonly createInstanceProfile?: boolean | IResolvable;
  /** Seconds that a session of the role may last: 3,600 to 43,200. @default 3600 */
  readonly maxSessionDuration?: number;
  /**
   * Characters that a trust policy may have in the account: 2,048 unless AWS raised it, 8,192 at most.
   * @default 2048
   */
  readonly maxTrustPolicySize?: number;
  /** `aws` or `aws-cn`. @default "aws" */
  readonly partition?: string;
  /** ARN of the managed policy that limits what the role can ever do. @default none */
  readonly permissionsBoundaryArn?: string;
  /** Up to 50 tags for the role and its instance profile. @default none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether Terraform creates anything at all, where only it knows. @default always */
  readonly create?: IResolvable;
}

/** EC2, as it is called in each partition. */
const EC2_PRINCIPALS = ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"];

const KINDS = kindsOf<RemotionExecutionRoleProps>()({
  name: text(ROLE_NAME),
  policyArns: TEXT_MAP,
  logFunctionNames: texts(FUNCTION_NAME),
  createInstanceProfile: FLAG,
  maxSessionDuration: SESSION_DURATION,
  maxTrustPolicySize: orNone({
    kind: "number",
    from: QUOTAS.trustPolicy,
    to: QUOTAS.raisedTrustPolicy,
    unit: "characters",
  }),
  create: CREATE,
  ...TRUST,
  ...PRINCIPAL,
});

/**
 * The role of whatever calls `renderMediaOnLambda()` without long-term keys: a Lambda function, an
 * EC2 instance, a Fargate task, a role of another account, a job of GitHub Actions. It may do nothing
 * of itself but write logs; attach the policy of `RemotionExecutionRolePolicy` to it.
 *
 * @throws when a prop breaks AWS's rule for it, nobody is trusted, or a policy outgrows its quota
 * @see https://www.remotion.dev/docs/lambda/without-iam
 */
export class RemotionExecutionRole extends Construct {
  /** Token of the role's name; `null` in Terraform when the role is not created. */
  readonly roleName: string;
  /** Token of the role's ARN; `null` in Terraform when the role is not created. */
  readonly roleArn: string;
  /** Token of the instance profile's name; `null` in Terraform without one. */
  readonly instanceProfileName: string;
  /** Token of the instance profile's ARN; `null` in Terraform without one. */
  readonly instanceProfileArn: string;
  /** Token of the trust policy's JSON text. */
  readonly trustPolicyJson: string;

  constructor(scope: Construct, id: string, props: RemotionExecutionRoleProps) {
    super(scope, id);
    checkProps(this, props, KINDS);
    const { name = DEFAULT_NAMES.executionRole, policyArns = {} } = props;
    const create: Condition = props.create ?? true;
    const { maxTrustPolicySize = QUOTAS.trustPolicy } = props;
    checkTrust(this, props);

    const withLogs = allOf(create, namesFunctions(props.logFunctionNames));
    const withProfile = allOf(create, props.createInstanceProfile ?? false);

    const trust = trustText(this, props);
    this.trustPolicyJson = trust.json;
    const logPolicy = withLogs === false ? undefined : this.#logPolicy(props);
    const role = new IamRole(this, "role", {
      name,
      ...optional("path", props.path),
      description: DESCRIPTIONS.executionRole,
      assumeRolePolicy: trust.json,
      ...optional("maxSessionDuration", props.maxSessionDuration),
      ...optional("permissionsBoundary", props.permissionsBoundaryArn),
      ...optional("tags", props.tags),
    });
    createWhen(create, role);
    enforceRequirements(role, this);
    enforceNameLength(role, "role", name);
    enforcePartition(role, {
      partition: props.partition,
      arns: {
        permissionsBoundaryArn: props.permissionsBoundaryArn,
        trustedPrincipalArns: props.trustedPrincipalArns,
        sourceArns: props.sourceArns,
        ...providerArns(props.trustedOidc),
      },
    });
    addPrecondition(role, {
      condition: expression`${trust.count} > 0`,
      errorMessage: `Nobody could assume the role ${name}: give trusted_services, trusted_principal_arns or trusted_oidc.`,
    });
    enforceTrust(this, role, props);
    enforceQuota(role, trust, {
      kind: "trust policy of",
      policyName: name,
      limit: maxTrustPolicySize,
      wayOut:
        "trust an account in place of its roles, spread the callers over several roles, or have AWS raise the quota and set max_trust_policy_size.",
    });
    this.roleName = attributeOrNull(role, "name", create);
    this.roleArn = attributeOrNull(role, "arn", create);
    const roleName = attributeOf(role, "name", create);

    attachPolicies(this, roleName, policyArns, create, props.partition);
    if (logPolicy !== undefined) {
      const policyName = `${name}-logs`;
      const policy = new IamRolePolicy(this, "inline-policy", {
        name: policyName,
        role: roleName,
        policy: logPolicy.json,
      });
      concern(policy, CONCERNS.logPolicy);
      createWhen(withLogs, policy);
      enforceQuota(policy, logPolicy, {
        policyName,
        limit: QUOTAS.inlinePoliciesOfRole,
        wayOut: "spread the functions over several roles.",
      });
    }

    if (withProfile === false) {
      this.instanceProfileName = NONE;
      this.instanceProfileArn = NONE;
    } else {
      const profile = new IamInstanceProfile(this, "instance-profile", {
        name,
        ...optional("path", props.path),
        role: roleName,
        ...optional("tags", props.tags),
      });
      createWhen(withProfile, profile);
      enforceEc2(profile, name, props);
      this.instanceProfileName = attributeOrNull(profile, "name", withProfile);
      this.instanceProfileArn = attributeOrNull(profile, "arn", withProfile);
    }
  }

  /** The policy that lets the role write the logs of the functions named. */
  #logPolicy(props: RemotionExecutionRoleProps): PolicyText {
    const { logFunctionNames = [] } = props;
    const scope = new Construct(this, "log");
    concern(scope, CONCERNS.logPolicy);
    return policyText(scope, {
      principal: "role",
      profiles: { logs: [CALLER_LOGS] },
      profile: "logs",
      names: props,
      narrowing: {
        account: WILDCARDS.account,
        lists: { ...placeholdersOf({}), function: logFunctionNames },
      },
      outputBuckets: [],
    });
  }
}

/** Whether any function is named. */
function namesFunctions(names: RemotionExecutionRoleProps["logFunctionNames"] = []): Condition {
  if (Token.isUnresolved(names)) {
    return expression`length(${names as IResolvable}) > 0`;
  }
  return (names as readonly string[]).length > 0;
}

/** Lets Terraform refuse an instance profile that no instance could use. @throws at once, when that is known */
function enforceEc2(
  profile: IamInstanceProfile,
  name: string,
  { trustedServices: services = [], createInstanceProfile }: RemotionExecutionRoleProps,
): void {
  if (Token.isUnresolved(services)) {
    const ec2 = EC2_PRINCIPALS.map((principal) => `"${principal}"`).join(", ");
    addPrecondition(profile, {
      condition: expression`length(setintersection(${services as IResolvable}, [${ec2}])) > 0`,
      errorMessage: `No EC2 instance could use the instance profile ${name}: add ec2.amazonaws.com to trusted_services, or leave the profile out.`,
    });
    return;
  }
  const known = services as readonly string[];
  if (createInstanceProfile === true && !EC2_PRINCIPALS.some((ec2) => known.includes(ec2))) {
    throw instanceProfileWithoutEc2(profile.node.path);
  }
}

/** Terraform's `null`, as a string prop can hold it. */
const NONE = "${null}";
