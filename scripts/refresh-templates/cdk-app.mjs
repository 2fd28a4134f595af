import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/*
 * An app of AWS CDK with Remotion Lambda as people set it up: run in a folder that has aws-cdk-lib, with the path
 * of Remotion's policies as JSON. Synthesizes to cdk.out.
 */

const {
  App,
  Stack,
  aws_ec2: ec2,
  aws_ecs: ecs,
  aws_iam: iam,
  aws_lambda: lambda,
  aws_s3: s3,
} = createRequire(`${process.cwd()}/`)("aws-cdk-lib");

const [, , policies = ""] = process.argv;
const { role: ofRole, render, deploy } = JSON.parse(readFileSync(policies, "utf8"));

const statements = (document) =>
  document.Statement.map((statement) => iam.PolicyStatement.fromJson(statement));
const document = (json) => iam.PolicyDocument.fromJson(json);
const forLambda = { assumedBy: new iam.ServicePrincipal("lambda.amazonaws.com") };

const app = new App({ outdir: "cdk.out", analyticsReporting: false, treeMetadata: false });
const stackProps = { analyticsReporting: false };

/** A function that calls Remotion. */
function caller(stack) {
  return new lambda.Function(stack, "Api", {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: "index.handler",
    code: lambda.Code.fromInline("exports.handler = async () => {};"),
  });
}

/** The role by its name, and callers on Lambda and on Fargate: all that Remotion needs. */
class Complete extends Stack {
  constructor(scope, id) {
    super(scope, id, stackProps);
    new iam.Role(this, "RemotionRole", {
      ...forLambda,
      roleName: "remotion-lambda-role",
      inlinePolicies: { "remotion-lambda-policy": document(ofRole) },
    });
    const api = caller(this);
    for (const statement of statements(render)) {
      api.addToRolePolicy(statement);
    }
    const task = new ecs.FargateTaskDefinition(this, "Worker", { cpu: 256, memoryLimitMiB: 512 });
    task.addContainer("app", { image: ecs.ContainerImage.fromRegistry("public.ecr.aws/x/y") });
    new iam.ManagedPolicy(this, "RenderPolicy", {
      document: document(render),
      roles: [task.taskRole],
    });
  }
}

/** Names that CloudFormation makes up, a user who deploys with grants of CDK, and functions that cannot write logs. */
class MadeUpNames extends Stack {
  constructor(scope, id) {
    super(scope, id, stackProps);
    const withoutLogs = {
      ...ofRole,
      Statement: ofRole.Statement.filter(({ Action }) => ![Action].flat().join().includes("logs:")),
    };
    const role = new iam.Role(this, "RemotionRole", forLambda);
    new iam.ManagedPolicy(this, "RolePolicy", { document: document(withoutLogs), roles: [role] });
    const withoutPass = {
      ...deploy,
      Statement: deploy.Statement.filter(({ Action }) => ![Action].flat().includes("iam:PassRole")),
    };
    const user = new iam.User(this, "Deployer", { userName: "remotion-user" });
    new iam.ManagedPolicy(this, "DeployPolicy", { document: document(withoutPass), users: [user] });
    role.grantPassRole(user);
  }
}

/**
 * As karelnagel/remotion-sst makes it for SST, which is Pulumi: its bucket, function, role and policy, in the
 * constructs that SST 2 has.
 */
class Sst extends Stack {
  constructor(scope, id) {
    super(scope, id, stackProps);
    const bucket = new s3.Bucket(this, "VideoBucket");
    const role = new iam.Role(this, "VideoRole", forLambda);
    const render = new lambda.Function(this, "VideoFunction", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async () => {};"),
      role: role.withoutPolicyUpdates(),
    });
    const policy = new iam.ManagedPolicy(this, "VideoPolicy", {
      statements: [
        new iam.PolicyStatement({ actions: ["s3:*"], resources: [`${bucket.bucketArn}/*`] }),
        new iam.PolicyStatement({ actions: ["lambda:*"], resources: [render.functionArn] }),
        new iam.PolicyStatement({
          actions: ["logs:CreateLogGroup"],
          resources: ["arn:aws:logs:*:*:log-group:/aws/lambda-insights"],
        }),
        new iam.PolicyStatement({
          actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
          resources: [
            `arn:aws:logs:*:*:log-group:/aws/lambda/${render.functionName}`,
            "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
          ],
        }),
      ],
    });
    policy.attachToRole(role);
  }
}

/** A worker on EC2, in one region and account that are told, under a permissions boundary made here. */
class Worker extends Stack {
  constructor(scope, id) {
    super(scope, id, {
      ...stackProps,
      env: { account: "123456789012", region: "eu-central-1" },
    });
    const boundary = new iam.ManagedPolicy(this, "Limit", {
      managedPolicyName: "limit",
      statements: [new iam.PolicyStatement({ actions: ["s3:*", "lambda:*"], resources: ["*"] })],
    });
    const role = new iam.Role(this, "WorkerRole", {
      assumedBy: new iam.ServicePrincipal("ec2.amazonaws.com"),
      permissionsBoundary: boundary,
      inlinePolicies: { render: document(render) },
    });
    const profile = new iam.CfnInstanceProfile(this, "Profile", { roles: [role.roleName] });
    new ec2.CfnInstance(this, "Instance", {
      imageId: "ami-0123456789abcdef0",
      iamInstanceProfile: profile.ref,
    });
  }
}

new Complete(app, "Complete");
new MadeUpNames(app, "MadeUpNames");
new Sst(app, "Sst");
new Worker(app, "Worker");
app.synth();
