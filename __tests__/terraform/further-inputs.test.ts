import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allow,
  type DocumentInput,
  each,
  of,
  plus,
  policyOf,
  REMOTION_ROLE,
  REMOTION_USER,
  renamed,
  without,
} from "../support/remotion-documents.js";
import { asRole, asUser, expectRight, type RightAnswer } from "../support/right-answer.js";
import {
  attached,
  call,
  data,
  document,
  inRole,
  inUser,
  LAMBDA,
  managed,
  type Root,
  resource,
  role,
  rootOf,
  text,
  textOf,
  trust,
  user,
} from "../support/root-parts.js";
import { describeTerraform } from "../support/suites.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { BothLanguages } from "./support/both-languages.js";

/*
 * Of each kind of mistake in `__tests__/unit/verify/cases`, further roots: other names, another order, other
 * resources for the same. What is right is what IAM, Terraform and Remotion do. Each is written in both of
 * Terraform's languages, and both plans get one report. Files that need no Terraform are in
 * `__tests__/unit/verify/further-inputs.test.ts`.
 */

interface Row extends RightAnswer {
  readonly root: Root;
  readonly options?: readonly string[];
}

const ROLE = "remotion-lambda-role";
const USER = "remotion-user";
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const passes = (name: string) => renamed(REMOTION_USER, `role/${ROLE}`, `role/${name}`);

/** The set-up of Remotion's guide, with other parts in place of those that a row is about. */
const goodRole = rootOf(role("fn", ROLE), inRole("fn", REMOTION_ROLE));
const goodUser = rootOf(user("me", USER), inUser("me", REMOTION_USER));

const AWS_MANAGED: Record<string, Row> = {
  "an administrator by a group, and the role by lists of its own": {
    root: rootOf(
      resource("aws_iam_group", "admins", { name: "admins" }),
      resource("aws_iam_group_policy_attachment", "admins", {
        group: "${aws_iam_group.admins.name}",
        policy_arn: ofAws("AdministratorAccess"),
      }),
      user("ci", `ci-${USER}`),
      resource("aws_iam_user_group_membership", "ci", {
        user: "${aws_iam_user.ci.name}",
        groups: ["${aws_iam_group.admins.name}"],
      }),
      role("fn", ROLE, LAMBDA, {
        managed_policy_arns: [
          ofAws("CloudWatchLogsFullAccess"),
          ofAws("AmazonS3FullAccess"),
          ofAws("AWSLambda_FullAccess"),
        ],
      }),
    ),
    exitCode: 0,
    says: [asUser(`ci-${USER}`, "39 of 39"), asRole(ROLE, "9 of 9")],
  },
  "a power user, who may pass no role": {
    root: rootOf(goodRole, user("me", USER), attached("user", "me", "a", ofAws("PowerUserAccess"))),
    exitCode: 1,
    says: [/iam:PassRole on arn:aws:iam::\d+:role\/remotion-lambda-role:/, asRole(ROLE, "9 of 9")],
    neverSays: [/lambda:CreateFunction on/],
  },
  "a role that may read, and write its logs": {
    root: rootOf(
      role("fn", ROLE),
      resource("aws_iam_role_policy_attachment", "fn", {
        for_each:
          '${toset(["AmazonS3ReadOnlyAccess", "service-role/AWSLambdaBasicExecutionRole"])}',
        role: "${aws_iam_role.fn.name}",
        policy_arn: "arn:aws:iam::aws:policy/${each.value}",
      }),
    ),
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/, /allowed {2}rendering, logs/],
  },
  "a power user as the boundary of the role, which passes none": {
    root: rootOf(
      role("fn", ROLE, LAMBDA, { permissions_boundary: ofAws("PowerUserAccess") }),
      inRole("fn", REMOTION_ROLE),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "a power user as the boundary of the user": {
    root: rootOf(
      user("me", USER, { permissions_boundary: ofAws("PowerUserAccess") }),
      inUser("me", REMOTION_USER),
    ),
    exitCode: 1,
    says: [asUser(USER, "35 of 39"), "iam:SimulatePrincipalPolicy on"],
  },
  "a policy of the account that another root makes": {
    root: rootOf(
      goodRole,
      user("me", USER),
      attached("user", "me", "video", "arn:aws:iam::123456789012:policy/video-render"),
    ),
    exitCode: 3,
    says: ["untold", "--policy arn:aws:iam::123456789012:policy/video-render=FILE"],
    neverSays: ["MISSING"],
  },
};

const RENAMED_ROLE: Record<string, Row> = {
  "a role of another name, which the user passes by it": {
    root: rootOf(
      role("fn", "clips-fn", LAMBDA, { path: "/video/" }),
      inRole("fn", REMOTION_ROLE),
      user("me", "clips-ci"),
      inUser("me", passes("video/clips-fn")),
    ),
    exitCode: 0,
    says: [asRole("clips-fn", "9 of 9"), asUser("clips-ci", "39 of 39")],
  },
  "a role of another name, which the user passes by a pattern": {
    root: rootOf(
      role("fn", "acme-remotion-lambda-role"),
      inRole("fn", REMOTION_ROLE),
      user("me", USER),
      inUser("me", passes("*-remotion-lambda-role")),
    ),
    exitCode: 0,
    says: [asRole("acme-remotion-lambda-role", "9 of 9"), asUser(USER, "39 of 39")],
  },
  "a role that the user passes by a reference to its ARN": {
    root: rootOf(
      role("fn", "clips-fn"),
      inRole("fn", REMOTION_ROLE),
      user("me", USER),
      document("me", [
        ...without(REMOTION_USER, "iam:PassRole").Statement,
        allow("iam:PassRole", "${aws_iam_role.fn.arn}"),
      ]),
      inUser("me", textOf("me")),
    ),
    exitCode: 3,
    says: [asRole("clips-fn", "9 of 9"), /iam:PassRole on .*known only after the apply/],
    neverSays: ["MISSING", /lambda:CreateFunction on/],
  },
  "a role of another path, which the user passes without it": {
    root: rootOf(
      role("fn", ROLE, LAMBDA, { path: "/video/" }),
      inRole("fn", REMOTION_ROLE),
      goodUser,
    ),
    exitCode: 1,
    says: [/iam:PassRole on arn:aws:iam::\d+:role\/video\/remotion-lambda-role:/],
  },
  "a role of another name, and the user passes the default one": {
    root: rootOf(role("fn", `acme-${ROLE}`), inRole("fn", REMOTION_ROLE), goodUser),
    exitCode: 1,
    says: [/iam:PassRole on arn:aws:iam::\d+:role\/acme-remotion-lambda-role:/],
  },
};

const LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];
const invoke = allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:remotion-render-*");
const caller = policyOf(
  allow(LOGS, "arn:aws:logs:*:*:*"),
  invoke,
  allow(
    [
      ...["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"],
      ...["s3:ListBucket", "s3:GetBucketLocation"],
    ],
    ["arn:aws:s3:::remotionlambda-*", "arn:aws:s3:::remotionlambda-*/*"],
  ),
  allow("s3:ListAllMyBuckets", "*"),
);
const lambdaFunction = (label: string) =>
  resource("aws_lambda_function", label, {
    function_name: label,
    role: `\${aws_iam_role.${label}.arn}`,
    runtime: "nodejs22.x",
    handler: "index.handler",
    s3_bucket: "acme-code",
    s3_key: "api.zip",
  });

const BYSTANDERS: Record<string, Row> = {
  "a queue's worker, a site's uploader and a reader of metrics": {
    root: rootOf(
      role("worker", "queue-worker"),
      inRole("worker", policyOf(allow(LOGS, "*"), allow("sqs:*", "*"))),
      user("uploader", "site-uploader"),
      inUser(
        "uploader",
        policyOf(allow("s3:*", ["arn:aws:s3:::acme-site", "arn:aws:s3:::acme-site/*"])),
      ),
      role("metrics", "grafana", trust({ AWS: "arn:aws:iam::210987654321:root" })),
      inRole("metrics", policyOf(allow(["cloudwatch:Get*", "logs:Describe*"], "*"))),
      goodUser,
      goodRole,
    ),
    exitCode: 0,
    says: [
      asUser(USER, "39 of 39"),
      asRole(ROLE, "9 of 9"),
      /^Nothing to do with Remotion:\n(.*\n)* {2}queue-worker/m,
      /^Nothing to do with Remotion:\n(.*\n)* {2}site-uploader/m,
    ],
    neverSays: ["MISSING"],
  },
  "an administrator beside them, who lacks nothing, and one of all functions, who lacks much": {
    root: rootOf(
      goodUser,
      goodRole,
      user("root", "break-glass"),
      attached("user", "root", "root", ofAws("AdministratorAccess")),
      role("ops", "ops", trust({ AWS: "arn:aws:iam::210987654321:role/sso" })),
      inRole("ops", policyOf(allow("lambda:*", "*"))),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39"), /^ops\b.*and fails nothing/m],
  },
  "who reads the logs of Remotion's functions": {
    root: rootOf(
      goodUser,
      goodRole,
      role("logs", "log-shipper", trust({ Service: "ec2.amazonaws.com" })),
      inRole(
        "logs",
        policyOf(
          allow(
            ["logs:FilterLogEvents", "logs:GetLogEvents"],
            "arn:aws:logs:*:*:log-group:/aws/lambda/remotion-render-*:*",
          ),
        ),
      ),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39"), /^Nothing to do with Remotion:\n(.*\n)* {2}log-shipper/m],
    neverSays: ["MISSING"],
  },
  "a worker that names Remotion's functions is none, and lacks what it renders with": {
    root: rootOf(
      goodUser,
      goodRole,
      role("worker", "thumbnails"),
      inRole("worker", policyOf(allow(LOGS, "*"), invoke)),
      lambdaFunction("worker"),
    ),
    exitCode: 1,
    says: [
      /^thumbnails\b.* as a user or caller/m,
      /s3:GetObject on arn:aws:s3:::remotionlambda-\S+:/,
    ],
  },
  "nobody else": {
    root: rootOf(role("worker", "queue-worker"), inRole("worker", policyOf(allow("sqs:*", "*")))),
    exitCode: 3,
    says: ["queue-worker", "--user"],
    neverSays: ["MISSING"],
  },
};

const CALLERS: Record<string, Row> = {
  "a function of its own that renders": {
    root: rootOf(role("api", "video-api"), inRole("api", caller), lambdaFunction("api"), goodRole),
    exitCode: 0,
    says: [asUser("video-api", "11 of 11"), asRole(ROLE, "9 of 9")],
  },
  "a task of ECS, its policy managed": {
    root: rootOf(
      role("task", "video-task", trust({ Service: ["ecs-tasks.amazonaws.com"] })),
      managed("task", "render-videos", caller),
      attached("role", "task", "task", "${aws_iam_policy.task.arn}"),
    ),
    options: ["--caller", "render-videos=render"],
    exitCode: 0,
    says: [asUser("video-task", "11 of 11")],
  },
  "a function of its own that may watch no render": {
    root: rootOf(
      lambdaFunction("api"),
      role("api", "video-api"),
      inRole("api", without(caller, "s3:GetObject", "s3:ListBucket")),
    ),
    exitCode: 1,
    says: [
      /^video-api\b.* as a user or caller/m,
      /s3:GetObject on arn:aws:s3:::remotionlambda-\S+:/,
    ],
  },
};

/** Statements of the role, and all but the last two. */
const statements = REMOTION_ROLE.Statement;
const [listing = {}, storage = {}, invoking = {}, ...logging] = statements;

const DOCUMENTS: Record<string, Row> = {
  "merged from two, in another order": {
    root: rootOf(
      role("fn", ROLE),
      document("logs", logging),
      document("work", [invoking, storage]),
      document("all", [listing], { source_policy_documents: [textOf("work"), textOf("logs")] }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "dynamic blocks over a map": {
    root: rootOf(
      role("fn", ROLE),
      document("logs", logging),
      data("aws_iam_policy_document", "all", {
        source_policy_documents: [textOf("logs")],
        dynamic: {
          statement: {
            for_each: {
              "arn:aws:s3:::remotionlambda-*": storage["Action"] as string[],
              "arn:aws:lambda:*:*:function:remotion-render-*": ["lambda:InvokeFunction"],
              "*": ["s3:ListAllMyBuckets"],
            },
            content: { actions: "${statement.value}", resources: ["${statement.key}"] },
          },
        },
      }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "one statement takes another's place by its Sid": {
    root: rootOf(
      role("fn", ROLE),
      document("base", statements),
      document("read", [{ ...storage, Action: ["s3:GetObject", "s3:ListBucket"] }]),
      document("all", [], {
        source_policy_documents: [textOf("base")],
        override_policy_documents: [textOf("read")],
      }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/],
    neverSays: [/s3:GetObject on/],
  },
  "an account that is read from AWS at the apply": {
    root: rootOf(
      role("fn", ROLE),
      data("aws_caller_identity", "me", { depends_on: ["aws_iam_role.fn"] }),
      document("all", [
        listing,
        storage,
        ...logging,
        allow(
          "lambda:InvokeFunction",
          "arn:aws:lambda:*:${data.aws_caller_identity.me.account_id}:function:remotion-render-*",
        ),
      ]),
      inRole("fn", textOf("all")),
    ),
    exitCode: 3,
    says: [
      /untold .*rendering, start\n/,
      /allowed {2}rendering, logs/,
      /lambda:InvokeFunction on .*known only after the apply/,
    ],
    neverSays: ["MISSING"],
  },
  "a dynamic block over what is known later": {
    root: rootOf(
      role("fn", ROLE),
      resource("aws_s3_bucket", "out", { bucket_prefix: "renders-" }),
      data("aws_iam_policy_document", "all", {
        dynamic: {
          statement: {
            for_each: ["${aws_s3_bucket.out.arn}"],
            content: { actions: ["s3:*"], resources: ["${statement.value}"] },
          },
        },
        statement: [{ actions: ["logs:*"], resources: ["*"] }],
      }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 1,
    says: [
      /lambda:InvokeFunction on arn:aws:lambda:\S+:function:remotion-render-\S+:/,
      /allowed {2}rendering, logs/,
    ],
    neverSays: [/logs:\w+ on/],
  },
};

/** Conditions make the policy too long to lie inside of the user. */
const underCondition = (policy: DocumentInput) =>
  rootOf(managed("me", "video", policy), attached("user", "me", "me", "${aws_iam_policy.me.arn}"));

const named = (resourceOfStatement: string) =>
  each(REMOTION_USER, { Resource: [resourceOfStatement] }, of("iam:Sim"));

const USERNAME: Record<string, Row> = {
  "the user's own ARN, by a variable in a data source": {
    root: rootOf(
      goodRole,
      user("me", "clips-ci"),
      document("me", named("arn:aws:iam::*:user/${aws:username}").Statement),
      inUser("me", textOf("me"), USER),
    ),
    exitCode: 0,
    says: [asUser("clips-ci", "39 of 39")],
  },
  "a condition on the user's name": {
    root: rootOf(
      goodRole,
      user("me", "clips-ci"),
      underCondition(
        each(REMOTION_USER, { Condition: { StringLike: { "aws:username": "clips-*" } } }),
      ),
    ),
    exitCode: 0,
    says: [asUser("clips-ci", "39 of 39")],
  },
  "a condition on another user's name": {
    root: rootOf(
      goodRole,
      user("me", USER),
      underCondition(
        each(REMOTION_USER, { Condition: { StringEquals: { "aws:username": "clips-ci" } } }),
      ),
    ),
    exitCode: 1,
    says: [asUser(USER, "0 of 39")],
  },
  "the same policy on a role, which has no user's name": {
    root: rootOf(
      goodRole,
      role("ci", "remotion-ci", trust({ AWS: "arn:aws:iam::123456789012:root" })),
      inRole("ci", named("arn:aws:iam::*:user/${aws:username}")),
    ),
    exitCode: 1,
    says: [
      asUser("remotion-ci", "37 of 39"),
      /iam:SimulatePrincipalPolicy on arn:aws:iam::\d+:role\/remotion-ci:/,
    ],
  },
  "a user under a path, by a variable that leaves it out": {
    root: rootOf(
      goodRole,
      user("me", USER, { path: "/bots/" }),
      inUser("me", named("arn:aws:iam::*:user/${aws:username}")),
    ),
    exitCode: 1,
    says: [asUser(USER, "37 of 39"), "iam:SimulatePrincipalPolicy on"],
  },
  "a user under a path, by all of its ARN": {
    root: rootOf(
      goodRole,
      user("me", USER, { path: "/bots/" }),
      inUser("me", named(`arn:aws:iam::*:user/bots/${USER}`)),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39")],
  },
  "the account of the caller, by a variable": {
    root: rootOf(
      goodRole,
      user("me", USER),
      underCondition(
        each(
          REMOTION_USER,
          { Condition: { StringEquals: { "aws:ResourceAccount": "${aws:PrincipalAccount}" } } },
          (statement) => of("s3:GetObject")(statement) || of("lambda:Invoke")(statement),
        ),
      ),
    ),
    options: ["--account", "123456789012"],
    exitCode: 0,
    says: [asUser(USER, "39 of 39")],
  },
};

const environment = (name: string, passed: string, policy = REMOTION_ROLE) =>
  rootOf(
    role(`fn_${name}`, `${name}-${ROLE}`),
    inRole(`fn_${name}`, policy),
    user(`me_${name}`, `${name}-${USER}`),
    inUser(`me_${name}`, passes(passed)),
  );

const ENVIRONMENTS: Record<string, Row> = {
  "two written by hand, each user with its own role": {
    root: rootOf(environment("qa", `qa-${ROLE}`), environment("prod", `prod-${ROLE}`)),
    exitCode: 0,
    says: [
      asUser(`qa-${USER}`, "39 of 39"),
      asUser(`prod-${USER}`, "39 of 39"),
      asRole(`qa-${ROLE}`, "9 of 9"),
      asRole(`prod-${ROLE}`, "9 of 9"),
    ],
  },
  "three of the module, by count": {
    root: call("remotion", "remotion-lambda", {
      count: 3,
      name_prefix: "env${count.index}-",
      user_profile: "deploy",
    }),
    exitCode: 0,
    says: [/^env0-remotion-user\b/m, asRole(`env2-${ROLE}`, "9 of 9")],
    neverSays: ["MISSING"],
  },
  "one of two whose role may not write": {
    root: rootOf(
      environment("prod", `prod-${ROLE}`),
      environment("qa", `qa-${ROLE}`, without(REMOTION_ROLE, "s3:PutObject")),
    ),
    exitCode: 1,
    says: [asRole(`prod-${ROLE}`, "9 of 9"), /s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/],
  },
  "a user that passes the role of an environment that is elsewhere": {
    root: environment("prod", `qa-${ROLE}`),
    exitCode: 1,
    says: [/iam:PassRole on arn:aws:iam::\d+:role\/prod-remotion-lambda-role:/],
  },
};

const exclusive = (what: string, label: string, kind: "role" | "user", list: JsonList) =>
  resource(`aws_iam_${kind}_${what}_exclusive`, label, {
    [`${kind}_name`]: `\${aws_iam_${kind}.${label}.name}`,
    [what === "policies" ? "policy_names" : "policy_arns"]: list,
  });
type JsonList = readonly string[];

const EXCLUSIVE: Record<string, Row> = {
  "attachments that the list names": {
    root: rootOf(
      role("fn", ROLE),
      managed("fn", "render", REMOTION_ROLE),
      attached("role", "fn", "fn", "${aws_iam_policy.fn.arn}"),
      exclusive("policy_attachments", "fn", "role", ["${aws_iam_policy.fn.arn}"]),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "a policy inside of the user that the list names": {
    root: rootOf(goodUser, exclusive("policies", "me", "user", ["${aws_iam_user_policy.me.name}"])),
    exitCode: 0,
    says: [asUser(USER, "39 of 39")],
  },
  "one that the list names, and one that is not in the file and may deny": {
    root: rootOf(goodUser, exclusive("policies", "me", "user", ["another", "inline"])),
    exitCode: 3,
    says: ["untold", "--policy another=FILE"],
    neverSays: ["MISSING"],
  },
  "no attachments, and the policy inside of the module's role": {
    root: rootOf(
      call("fn", "remotion-lambda-role"),
      resource("aws_iam_role_policy_attachments_exclusive", "fn", {
        role_name: "${module.fn.role_name}",
        policy_arns: [],
      }),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "nothing inside of the module's role": {
    root: rootOf(
      call("fn", "remotion-lambda-role"),
      resource("aws_iam_role_policies_exclusive", "fn", {
        role_name: "${module.fn.role_name}",
        policy_names: [],
      }),
    ),
    exitCode: 1,
    says: [asRole(ROLE, "0 of 9"), "aws_iam_role_policies_exclusive"],
  },
  "attachments that the list leaves out": {
    root: rootOf(
      role("fn", ROLE),
      managed("fn", "render", REMOTION_ROLE),
      attached("role", "fn", "fn", "${aws_iam_policy.fn.arn}"),
      exclusive("policy_attachments", "fn", "role", [ofAws("AmazonS3ReadOnlyAccess")]),
    ),
    exitCode: 1,
    says: ["aws_iam_role_policy_attachments_exclusive", /s3:PutObject on arn:aws:s3:::\S+:/],
  },
  "a policy inside of the user, and an empty list": {
    root: rootOf(goodRole, goodUser, exclusive("policies", "me", "user", [])),
    exitCode: 1,
    says: [asUser(USER, "0 of 39"), "aws_iam_user_policies_exclusive"],
  },
};

const OWN_BUCKET = resource("aws_s3_bucket", "out", { bucket_prefix: "acme-renders-" });
const FIRST_PLAN: Record<string, Row> = {
  "Remotion's statements, and a bucket of its own before them": {
    root: rootOf(
      OWN_BUCKET,
      role("fn", ROLE),
      document("fn", [
        allow(["s3:PutObject", "s3:GetObject"], ["${aws_s3_bucket.out.arn}/*"]),
        ...statements,
      ]),
      inRole("fn", textOf("fn")),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "a policy beside them that is known later, in a user": {
    root: rootOf(
      OWN_BUCKET,
      goodUser,
      document("out", [allow("s3:GetObject", "${aws_s3_bucket.out.arn}/*")]),
      inUser("me", REMOTION_USER),
      resource("aws_iam_user_policy", "out", {
        name: "out",
        user: "${aws_iam_user.me.name}",
        policy: textOf("out"),
      }),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39")],
  },
  "all of the text, as one part of it is known later": {
    root: rootOf(
      OWN_BUCKET,
      role("fn", ROLE),
      inRole("fn", plus(REMOTION_ROLE, allow("s3:PutObject", "${aws_s3_bucket.out.arn}/*"))),
    ),
    exitCode: 3,
    says: ["known only after the apply"],
    neverSays: ["MISSING"],
  },
  "the bucket of Remotion itself": {
    root: rootOf(
      resource("aws_s3_bucket", "remotion", { bucket_prefix: "remotionlambda-useast1-" }),
      role("fn", ROLE),
      document("fn", [
        listing,
        invoking,
        ...logging,
        {
          ...storage,
          Resource: ["${aws_s3_bucket.remotion.arn}", "${aws_s3_bucket.remotion.arn}/*"],
        },
      ]),
      inRole("fn", textOf("fn")),
    ),
    exitCode: 3,
    says: [/s3:PutObject on .*known only after the apply/, /allowed {2}rendering, logs/],
    neverSays: ["MISSING"],
  },
  "what is known lacks something, whatever the rest says": {
    root: rootOf(
      OWN_BUCKET,
      role("fn", ROLE),
      document("fn", [
        listing,
        storage,
        invoking,
        allow("s3:PutObject", "${aws_s3_bucket.out.arn}/*"),
      ]),
      inRole("fn", textOf("fn")),
    ),
    exitCode: 1,
    says: [/logs:PutLogEvents on \S+log-stream:.*:/, /allowed {2}rendering, start/],
  },
};

/** A managed policy a statement, and their ARNs. */
const split = (kind: "role" | "user", to: string, from: readonly object[]) =>
  rootOf(
    ...from.map((statement, index) =>
      rootOf(
        managed(`${to}${index}`, `${to}-${index}`, policyOf({ ...statement })),
        attached(kind, to, `${to}${index}`, `\${aws_iam_policy.${to}${index}.arn}`),
      ),
    ),
  );

const SEVERAL: Record<string, Row> = {
  "one a statement, the last first": {
    root: rootOf(
      user("me", USER),
      role("fn", ROLE),
      split("user", "me", [...REMOTION_USER.Statement].reverse()),
      split("role", "fn", [...statements].reverse()),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39"), asRole(ROLE, "9 of 9")],
  },
  "one policy for both, which one resource attaches": {
    root: rootOf(
      user("me", USER),
      role("fn", ROLE),
      managed("all", "video", plus(REMOTION_USER, ...statements)),
      resource("aws_iam_policy_attachment", "all", {
        name: "video",
        users: ["${aws_iam_user.me.name}"],
        roles: ["${aws_iam_role.fn.name}"],
        policy_arn: "${aws_iam_policy.all.arn}",
      }),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39"), asRole(ROLE, "9 of 9")],
  },
  "by its ARN, written out": {
    root: rootOf(
      role("fn", ROLE),
      managed("fn", "render", REMOTION_ROLE),
      attached("role", "fn", "fn", "arn:aws:iam::123456789012:policy/render"),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "by its ARN, written out without its path": {
    root: rootOf(
      role("fn", ROLE),
      resource("aws_iam_policy", "fn", {
        name: "render",
        path: "/video/",
        policy: text(REMOTION_ROLE),
      }),
      attached("role", "fn", "fn", "arn:aws:iam::123456789012:policy/render"),
    ),
    exitCode: 3,
    says: ["--policy arn:aws:iam::123456789012:policy/render=FILE"],
    neverSays: ["MISSING"],
  },
  "one statement inside of the role, the others attached to it": {
    root: rootOf(
      managed("fn", "render", policyOf(...statements.slice(1))),
      role("fn", ROLE, LAMBDA, {
        inline_policy: [{ name: "list", policy: text(policyOf(listing)) }],
      }),
      attached("role", "fn", "fn", "${aws_iam_policy.fn.arn}"),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "the same by a list of its own, which is known only after the apply": {
    root: rootOf(
      managed("fn", "render", policyOf(...statements.slice(1))),
      role("fn", ROLE, LAMBDA, {
        managed_policy_arns: ["${aws_iam_policy.fn.arn}"],
        inline_policy: [{ name: "list", policy: text(policyOf(listing)) }],
      }),
    ),
    exitCode: 3,
    says: ["untold", "known only after the apply"],
    neverSays: ["MISSING"],
  },
  "one of them is not attached": {
    root: rootOf(
      user("me", USER),
      split("user", "me", REMOTION_USER.Statement.slice(1)),
      managed("quotas", "me-quotas", policyOf({ ...REMOTION_USER.Statement[0] })),
    ),
    exitCode: 1,
    says: [asUser(USER, "37 of 39"), "servicequotas:GetServiceQuota on"],
  },
};

const narrowed = (regions: readonly string[]) =>
  call("remotion", "remotion-lambda", {
    user_profile: "deploy",
    // Two regions are too long to lie inside of the user.
    user_policy_type: regions.length > 1 ? "managed" : "inline",
    lambda_role_profile: "minimal",
    regions,
    account_id: "210987654321",
  });
const PARTS = ["--user", `${USER}=deploy`, "--role", `${ROLE}=minimal`];

const LEAST: Record<string, Row> = {
  "in another region, which is read from the policies": {
    root: narrowed(["ap-southeast-2"]),
    options: PARTS,
    exitCode: 0,
    says: [/ap-southeast-2.*, to which it is narrowed/],
    neverSays: ["MISSING"],
  },
  "in two, both of which are used": {
    root: narrowed(["sa-east-1", "us-west-2"]),
    options: [...PARTS, "--region", "us-west-2", "--region", "sa-east-1"],
    exitCode: 0,
    says: [/^remotion-lambda-role\b.* profile minimal/m],
    neverSays: ["MISSING"],
  },
  "in another region than is used": {
    root: narrowed(["ap-southeast-2"]),
    options: [...PARTS, "--region", "eu-west-1"],
    exitCode: 1,
    says: [/lambda:InvokeFunction on arn:aws:lambda:eu-west-1:210987654321:function:\S+:/],
  },
  "for more than it is narrowed to": {
    root: narrowed(["ap-southeast-2"]),
    options: ["--user", `${USER}=full`],
    exitCode: 1,
    says: [/^remotion-user\b.* profile full/m, "MISSING"],
  },
};

const MODULE_RENAMED: Record<string, Row> = {
  "a role whose name says nothing": {
    root: call("fn", "remotion-lambda-role", { name: "clips-renderer", path: "/video/" }),
    exitCode: 0,
    says: [asRole("clips-renderer", "9 of 9")],
  },
  "a role and a user that know each other": {
    root: rootOf(
      call("fn", "remotion-lambda-role", { name: "clips-renderer", path: "/video/" }),
      call("me", "remotion-user", {
        name: "clips-ci",
        lambda_role_name: "${module.fn.role_name}",
        lambda_role_path: "/video/",
      }),
    ),
    exitCode: 0,
    says: [asRole("clips-renderer", "9 of 9"), asUser("clips-ci", "39 of 39")],
  },
  "a role and a user, which is not told of its name": {
    root: rootOf(
      call("fn", "remotion-lambda-role", { name: "clips-renderer" }),
      call("me", "remotion-user", { name: "clips-ci" }),
    ),
    exitCode: 1,
    says: [
      /iam:PassRole on arn:aws:iam::\d+:role\/clips-renderer:/,
      asRole("clips-renderer", "9 of 9"),
    ],
  },
};

const INSTANCE = "arn:aws:sso:::instance/ssoins-7223a1b2c3d4e5f6";
const SET = "${aws_ssoadmin_permission_set.video.arn}";
const permissionSet = (name: string) =>
  resource("aws_ssoadmin_permission_set", "video", { name, instance_arn: INSTANCE });
const customerManaged = (name: string) =>
  resource("aws_ssoadmin_customer_managed_policy_attachment", "video", {
    instance_arn: INSTANCE,
    permission_set_arn: SET,
    customer_managed_policy_reference: [{ name }],
  });

const inSet = (policy: DocumentInput) =>
  resource("aws_ssoadmin_permission_set_inline_policy", "video", {
    instance_arn: INSTANCE,
    permission_set_arn: SET,
    inline_policy: text(policy),
  });

const PERMISSION_SETS: Record<string, Row> = {
  "a policy inside of it, from a data source": {
    root: rootOf(
      permissionSet("Editors"),
      document("video", REMOTION_USER.Statement),
      resource("aws_ssoadmin_permission_set_inline_policy", "video", {
        instance_arn: INSTANCE,
        permission_set_arn: SET,
        inline_policy: textOf("video"),
      }),
    ),
    exitCode: 0,
    says: [asUser("Editors", "39 of 39")],
  },
  "a policy of the account that the plan makes": {
    root: rootOf(
      permissionSet("Editors"),
      managed("video", "video", REMOTION_USER),
      customerManaged("${aws_iam_policy.video.name}"),
    ),
    exitCode: 0,
    says: [asUser("Editors", "39 of 39")],
  },
  "a policy of the account that is made elsewhere": {
    root: rootOf(permissionSet("remotion-user-policy"), customerManaged("remotion-user-policy")),
    exitCode: 3,
    says: ["remotion-user-policy", "untold"],
    neverSays: ["MISSING"],
  },
  "its own role, by the name that IAM Identity Center gives it": {
    root: rootOf(
      permissionSet("Editors"),
      inSet(named("arn:aws:iam::*:role/AWSReservedSSO_Editors_*")),
    ),
    exitCode: 0,
    says: [asUser("Editors", "39 of 39")],
  },
  "its own role, by the name of the set, which is none": {
    root: rootOf(permissionSet("Editors"), inSet(named("arn:aws:iam::*:role/Editors"))),
    exitCode: 1,
    says: [asUser("Editors", "37 of 39"), "iam:SimulatePrincipalPolicy on"],
  },
  "a policy inside of it, and a boundary that lets read": {
    root: rootOf(
      permissionSet("Editors"),
      inSet(REMOTION_USER),
      resource("aws_ssoadmin_permissions_boundary_attachment", "video", {
        instance_arn: INSTANCE,
        permission_set_arn: SET,
        permissions_boundary: [{ managed_policy_arn: ofAws("ReadOnlyAccess") }],
      }),
    ),
    exitCode: 1,
    says: [/lambda:InvokeFunction on \S+: the permissions boundary does not allow it/],
  },
  "a power user, who may pass no role": {
    root: rootOf(
      permissionSet("Editors"),
      resource("aws_ssoadmin_managed_policy_attachment", "video", {
        instance_arn: INSTANCE,
        permission_set_arn: SET,
        managed_policy_arn: ofAws("PowerUserAccess"),
      }),
    ),
    options: ["--user", "Editors=full"],
    exitCode: 1,
    says: [
      /^Editors\b.* as a user or caller/m,
      /iam:PassRole on arn:aws:iam::\d+:role\/remotion-lambda-role:/,
    ],
  },
};

const PER_STACK: Record<string, Row> = {
  "a name that says nothing, and nobody who passes it": {
    root: rootOf(role("fn", "render-fn-live-use1"), inRole("fn", REMOTION_ROLE)),
    exitCode: 0,
    says: [asRole("render-fn-live-use1", "9 of 9")],
  },
  "a prefix that Terraform makes a name of, with a managed policy": {
    root: rootOf(
      resource("aws_iam_role", "fn", {
        name_prefix: "remotion-lambda-role-",
        assume_role_policy: text(LAMBDA),
      }),
      managed("fn", "render", REMOTION_ROLE),
      attached("role", "fn", "fn", "${aws_iam_policy.fn.arn}"),
    ),
    exitCode: 0,
    says: [/as the role of Remotion's functions, .*: 9 of 9 allowed/],
  },
  "a prefix, and a user that passes the default name": {
    root: rootOf(
      resource("aws_iam_role", "fn", {
        name_prefix: `${ROLE}-`,
        assume_role_policy: text(LAMBDA),
      }),
      inRole("fn", REMOTION_ROLE),
      goodUser,
    ),
    exitCode: 1,
    says: [
      asUser(USER, "37 of 39"),
      /iam:PassRole on arn:aws:iam::\d+:role\/remotion-lambda-role-\d+:/,
    ],
  },
  "a prefix, and a user that passes what it begins": {
    root: rootOf(
      resource("aws_iam_role", "fn", {
        name_prefix: `${ROLE}-`,
        assume_role_policy: text(LAMBDA),
      }),
      inRole("fn", REMOTION_ROLE),
      user("me", USER),
      inUser("me", passes(`${ROLE}-*`)),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39")],
  },
  "what a user passes by that name, and may not write": {
    root: rootOf(
      role("fn", "render-fn-live-use1"),
      inRole("fn", without(REMOTION_ROLE, "s3:PutObject")),
      user("me", USER),
      inUser("me", passes("render-fn-live-use1")),
    ),
    exitCode: 1,
    says: [
      /^render-fn-live-use1\b.* as the role of Remotion's functions/m,
      /s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/,
      asUser(USER, "39 of 39"),
    ],
  },
};

const WITHOUT_POLICY: Record<string, Row> = {
  "an attachment that count leaves out": {
    root: rootOf(
      role("fn", ROLE),
      managed("fn", "render", REMOTION_ROLE),
      resource("aws_iam_role_policy_attachment", "fn", {
        count: 0,
        role: "${aws_iam_role.fn.name}",
        policy_arn: "${aws_iam_policy.fn.arn}",
      }),
    ),
    exitCode: 1,
    says: [asRole(ROLE, "0 of 9")],
  },
  "the second of two under for_each": {
    root: rootOf(
      resource("aws_iam_role", "fn", {
        for_each: '${toset(["live", "test"])}',
        name: "${each.value}-remotion-lambda-role",
        assume_role_policy: text(LAMBDA),
      }),
      managed("fn", "render", REMOTION_ROLE),
      resource("aws_iam_role_policy_attachment", "fn", {
        role: '${aws_iam_role.fn["live"].name}',
        policy_arn: "${aws_iam_policy.fn.arn}",
      }),
    ),
    exitCode: 1,
    says: [asRole(`live-${ROLE}`, "9 of 9"), asRole(`test-${ROLE}`, "0 of 9")],
  },
  "none of two under count, as one resource attaches to all": {
    root: rootOf(
      resource("aws_iam_role", "fn", {
        count: 2,
        name: "e${count.index}-remotion-lambda-role",
        assume_role_policy: text(LAMBDA),
      }),
      managed("fn", "render", REMOTION_ROLE),
      resource("aws_iam_policy_attachment", "fn", {
        name: "render",
        roles: "${aws_iam_role.fn[*].name}",
        policy_arn: "${aws_iam_policy.fn.arn}",
      }),
    ),
    exitCode: 0,
    says: [asRole(`e0-${ROLE}`, "9 of 9"), asRole(`e1-${ROLE}`, "9 of 9")],
  },
  "a policy that is another role's": {
    root: rootOf(
      role("other", "other"),
      inRole("other", REMOTION_ROLE),
      role("fn", ROLE),
      goodUser,
    ),
    exitCode: 1,
    says: [asRole(ROLE, "0 of 9"), asUser(USER, "39 of 39")],
  },
  "a user that is in no group, though the group may all": {
    root: rootOf(
      goodRole,
      user("me", USER),
      resource("aws_iam_group", "video", { name: "video" }),
      resource("aws_iam_group_policy", "video", {
        name: "video",
        group: "${aws_iam_group.video.name}",
        policy: text(REMOTION_USER),
      }),
    ),
    exitCode: 1,
    says: [asUser(USER, "0 of 39"), asRole(ROLE, "9 of 9")],
  },
  "the same, and the user is in it": {
    root: rootOf(
      goodRole,
      user("me", USER),
      resource("aws_iam_group", "video", { name: "video" }),
      resource("aws_iam_group_policy", "video", {
        name: "video",
        group: "${aws_iam_group.video.name}",
        policy: text(REMOTION_USER),
      }),
      resource("aws_iam_group_membership", "video", {
        name: "video",
        group: "${aws_iam_group.video.name}",
        users: ["${aws_iam_user.me.name}"],
      }),
    ),
    exitCode: 0,
    says: [asUser(USER, "39 of 39"), asRole(ROLE, "9 of 9")],
  },
};

const trusting = (trusted: ReturnType<typeof trust>) =>
  rootOf(role("fn", ROLE, trusted), inRole("fn", REMOTION_ROLE));

const TRUST: Record<string, Row> = {
  "Lambda beside another service": {
    root: trusting(trust({ Service: ["ecs-tasks.amazonaws.com", "lambda.amazonaws.com"] })),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
    neverSays: ["cannot assume it"],
  },
  "Lambda in a data source": {
    root: rootOf(
      data("aws_iam_policy_document", "trust", {
        statement: [
          {
            actions: ["sts:AssumeRole"],
            principals: [{ type: "Service", identifiers: ["lambda.amazonaws.com"] }],
          },
        ],
      }),
      resource("aws_iam_role", "fn", { name: ROLE, assume_role_policy: textOf("trust") }),
      inRole("fn", REMOTION_ROLE),
    ),
    exitCode: 0,
    says: [asRole(ROLE, "9 of 9")],
  },
  "Lambda, and a Deny of all services": {
    root: trusting(
      plus(LAMBDA, {
        Effect: "Deny",
        Principal: "*",
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } },
      }),
    ),
    exitCode: 1,
    says: ["Lambda cannot assume it: its trust policy denies it"],
  },
  "functions at the edge": {
    root: trusting(trust({ Service: "edgelambda.amazonaws.com" })),
    exitCode: 1,
    says: ["Lambda cannot assume it", "edgelambda.amazonaws.com"],
  },
  "the account, as who lets people try it out": {
    root: trusting(trust({ AWS: "arn:aws:iam::123456789012:root" })),
    exitCode: 1,
    says: ["Lambda cannot assume it"],
  },
  "pods of EKS": {
    root: trusting(
      trust(
        { Service: "pods.eks.amazonaws.com" },
        { Action: ["sts:AssumeRole", "sts:TagSession"] },
      ),
    ),
    exitCode: 1,
    says: ["Lambda cannot assume it", "pods.eks.amazonaws.com"],
  },
  "Lambda, by a web identity's action": {
    root: trusting(
      trust({ Service: "lambda.amazonaws.com" }, { Action: "sts:AssumeRoleWithWebIdentity" }),
    ),
    exitCode: 1,
    says: ["Lambda cannot assume it"],
  },
};

const KINDS: Record<string, Record<string, Row>> = {
  "policies of AWS": AWS_MANAGED,
  "roles of other names": RENAMED_ROLE,
  bystanders: BYSTANDERS,
  "callers with logs": CALLERS,
  "documents of data sources": DOCUMENTS,
  "the user's name": USERNAME,
  "several environments": ENVIRONMENTS,
  "exclusive lists": EXCLUSIVE,
  "a first plan with a bucket of its own": FIRST_PLAN,
  "several managed policies": SEVERAL,
  "least privilege in a region": LEAST,
  "a module renamed": MODULE_RENAMED,
  "permission sets": PERMISSION_SETS,
  "a role's name per stack": PER_STACK,
  "a role without policy": WITHOUT_POLICY,
  "trust of another service": TRUST,
};

const ROWS = Object.entries(KINDS).flatMap(([kind, rows]) =>
  Object.entries(rows).map(([name, row]) => ({ kind, name, row })),
);

describeTerraform("verify, on roots as people write them otherwise", () => {
  let planned: BothLanguages;
  const folder = mkdtempSync(join(tmpdir(), "further-inputs-"));
  beforeAll(async () => {
    planned = await BothLanguages.of(ROWS.map(({ row }) => row.root));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const report = (plan: unknown, options: readonly string[] = []) => {
    const path = join(folder, "plan.json");
    writeFileSync(path, JSON.stringify(plan));
    // With what is allowed, too.
    return runRecorded("verify", path, "--all", ...options);
  };

  describe.each(Object.keys(KINDS))("%s", (kind) => {
    const rows = ROWS.flatMap(({ name, ...row }, index) =>
      row.kind === kind ? [[name, row.row, index] as const] : [],
    );

    it.each(rows)("%s", async (_name, row, index) => {
      const inJson = await report(planned.planOf(index, "json"), row.options);
      expectRight(inJson, row);
      expect(await report(planned.planOf(index, "hcl"), row.options)).toEqual(inJson);
    });
  });
});
