import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rolePolicy } from "../../lib/remotion/policies.js";
import { USER_PROFILES } from "../../lib/remotion/profile-names.js";
import { moduleSource, PROVIDER } from "../support/module-sources.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";
import { EnforcingAws, type Keys } from "./support/enforcing-aws.js";
import { expectedAccess } from "./support/expected-access.js";
import {
  arnOf,
  BUCKET,
  FOREIGN,
  KEPT,
  OPERATIONS,
  type Operation,
  PROGRESS,
  UNTRIED_ACTIONS,
} from "./support/operations.js";
import { POLICIES_UNDER_TEST, type PolicyUnderTest } from "./support/policies-under-test.js";
import { report } from "./support/report.js";

type Outputs = Readonly<Record<string, { readonly value: Keys }>>;

const POLICIES = POLICIES_UNDER_TEST.filter(({ name }) => name !== "role full");

/** The users of each profile, as the module makes them, with their keys. */
const ROOT = [
  PROVIDER,
  ...USER_PROFILES.map(
    (profile) => `module "${profile}" {
  source            = "${moduleSource("remotion-user", "hcl")}"
  name              = "user-${profile}"
  profile           = "${profile}"
  create_access_key = true
}

output "${profile}" {
  value     = { AWS_ACCESS_KEY_ID = module.${profile}.access_key_id, AWS_SECRET_ACCESS_KEY = module.${profile}.secret_access_key }
  sensitive = true
}
`,
  ),
].join("\n");

describe("the operations", () => {
  it.each(POLICIES)("have one allowed by $name for each of its S3 and IAM actions", (underTest) => {
    const expected = expectedAccess(underTest, "aws");
    const allowed = OPERATIONS.filter((operation) =>
      expected(operation.action, arnOf(operation)),
    ).map(({ action }) => action);

    const missingActions = actionsOf(underTest).filter(
      (action) => !allowed.includes(action) && UNTRIED_ACTIONS[action] === undefined,
    );
    expect(missingActions).toEqual([]);
  });

  it.each(Object.keys(UNTRIED_ACTIONS))("leave out %s, which is in a policy", (action) => {
    expect(POLICIES.flatMap(actionsOf)).toContain(action);
    expect(OPERATIONS.map((operation) => operation.action)).not.toContain(action);
  });
});

describeAws("policies, enforced by an AWS mock", () => {
  const keys = new Map<string, Keys>();
  let aws: EnforcingAws;

  beforeAll(async () => {
    aws = await EnforcingAws.start();
    await aws.bucket(BUCKET, [PROGRESS, ...KEPT]);
    await aws.bucket(FOREIGN, [PROGRESS]);
    const workspace = await new Workspace(aws.environment).write("main.tf", ROOT).init();
    await workspace.apply();
    const { stdout } = await workspace.run("terraform", ["output", "-json"]);
    for (const [profile, { value }] of Object.entries(JSON.parse(stdout) as Outputs)) {
      keys.set(`user ${profile}`, value);
    }
    workspace.remove();
    keys.set("role minimal", await aws.user("role-minimal", rolePolicy({ profile: "minimal" })));
    await aws.enforce();
  });

  afterAll(() => aws.stop());

  it.each(POLICIES)(
    "let $name do in S3 and IAM what its APIs do, and nothing else",
    async (underTest) => {
      const expected = expectedAccess(underTest, "aws");
      const { [underTest.name]: own } = Object.fromEntries(keys);
      const results: string[] = [];
      for (const operation of OPERATIONS) {
        const allowed = own !== undefined && (await aws.allows(own, operation));
        results.push(line(operation, allowed));
      }

      report(`enforcement, ${underTest.name}: ${results.length} requests`);
      expect(results).toEqual(
        OPERATIONS.map((operation) =>
          line(operation, expected(operation.action, arnOf(operation))),
        ),
      );
    },
  );
});

/** The actions of S3, IAM and STS in a policy: the services that the mock enforces here. */
function actionsOf({ policyOf }: PolicyUnderTest): string[] {
  const actions = policyOf({ partition: "aws" }).Statement.flatMap(({ Action }) => Action);
  return [...new Set(actions)].filter((action) => /^(s3|iam|sts):/.test(action));
}

function line({ action, on = "*" }: Operation, allowed: boolean): string {
  return `${action} on ${on}: ${allowed}`;
}
