import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { awsManagedData } from "../../../../lib/iam/aws-managed/aws-managed-data.js";
import {
  awsManagedPolicy,
  awsManagedPolicyMayDeny,
  awsManagedSource,
  hasDeny,
} from "../../../../lib/iam/aws-managed/aws-managed-policy.js";
import { describeAwsManaged } from "../../../support/aws-managed-policies.js";
import { REPOSITORY } from "../../support/source-files.js";

const ARN = "arn:aws:iam::aws:policy";

describe("a managed policy of AWS's", () => {
  it.each([
    ["AdministratorAccess", "AdministratorAccess"],
    ["PowerUserAccess", "PowerUserAccess"],
    ["ReadOnlyAccess", "ReadOnlyAccess"],
    ["AmazonS3FullAccess", "AmazonS3FullAccess"],
    ["AmazonS3ReadOnlyAccess", "AmazonS3ReadOnlyAccess"],
    ["AWSLambda_FullAccess", "AWSLambda_FullAccess"],
    ["AWSLambda_ReadOnlyAccess", "AWSLambda_ReadOnlyAccess"],
    ["CloudWatchLogsFullAccess", "CloudWatchLogsFullAccess"],
    ["CloudWatchLambdaInsightsExecutionRolePolicy", "CloudWatchLambdaInsightsExecutionRolePolicy"],
    ["ServiceQuotasFullAccess", "ServiceQuotasFullAccess"],
    ["ServiceQuotasReadOnlyAccess", "ServiceQuotasReadOnlyAccess"],
    ["IAMFullAccess", "IAMFullAccess"],
    ["service-role/AWSLambdaBasicExecutionRole", "AWSLambdaBasicExecutionRole"],
    ["service-role/AWSLambdaVPCAccessExecutionRole", "AWSLambdaVPCAccessExecutionRole"],
    ["service-role/AWSLambdaRole", "AWSLambdaRole"],
  ])("%s is known, with its version and its date", (key, name) => {
    expect(awsManagedPolicy(`${ARN}/${key}`)).toEqual({
      name,
      version: expect.stringMatching(/^v[1-9]\d*$/),
      date: expect.stringMatching(/^20\d\d-[01]\d-[0-3]\d$/),
      document: expect.objectContaining({
        Version: expect.any(String),
        Statement: expect.anything(),
      }),
    });
  });

  it("is told as AWS publishes it", () => {
    expect(awsManagedPolicy(`${ARN}/AdministratorAccess`)).toEqual({
      name: "AdministratorAccess",
      version: "v1",
      date: "2015-02-06",
      document: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      },
    });
  });

  it.each([
    ["under another path", `${ARN}/AWSLambdaRole`],
    ["under a path of its own", `${ARN}/service-role/AdministratorAccess`],
    ["in other letters", `${ARN}/administratoraccess`],
    ["in China", "arn:aws-cn:iam::aws:policy/AdministratorAccess"],
    ["in GovCloud", "arn:aws-us-gov:iam::aws:policy/AdministratorAccess"],
    ["of an account", "arn:aws:iam::123456789012:policy/AdministratorAccess"],
    ["with a region", "arn:aws:iam:us-east-1:aws:policy/AdministratorAccess"],
    ["by its name alone", "AdministratorAccess"],
    ["with something behind", `${ARN}/AdministratorAccess `],
    ["that is outside of the data", `${ARN}/AmazonEC2FullAccess`],
    ["that no one knows", `${ARN}/AmazonRemotionFullAccess`],
    ["called as what every object has", `${ARN}/constructor`],
    ["called as the prototype of all", `${ARN}/__proto__`],
    ["without a name", `${ARN}/`],
    ["of nothing", ""],
  ])("is unknown %s", (_, arn) => {
    expect(awsManagedPolicy(arn)).toBeUndefined();
  });
});

describe("a Deny in a managed policy of AWS's", () => {
  it.each([
    ["AdministratorAccess", false, "known, and without one"],
    ["AmazonEC2FullAccess", false, "outside of the data, and without one"],
    ["AWSDenyAll", true, "which denies all"],
    ["AWSCompromisedKeyQuarantineV3", true, "which denies much"],
    ["AmazonRemotionFullAccess", true, "that no one knows"],
    ["administratoraccess", true, "in other letters"],
    ["constructor", true, "called as what every object has"],
  ])("%s: %s, %s", (name, mayDeny) => {
    expect(awsManagedPolicyMayDeny(`${ARN}/${name}`)).toBe(mayDeny);
  });

  it.each([
    ["arn:aws-cn:iam::aws:policy/AdministratorAccess"],
    ["arn:aws:iam::123456789012:policy/AdministratorAccess"],
    [""],
  ])("%j: true", (arn) => {
    expect(awsManagedPolicyMayDeny(arn)).toBe(true);
  });

  it.each<[unknown, boolean]>([
    [{ Statement: { Effect: "Allow" } }, false],
    [{ Statement: { Effect: "Deny" } }, true],
    [{ Statement: [{ Effect: "Allow" }, { Effect: "Deny" }] }, true],
    [{ Statement: [{ Effect: "Allow" }, { Effect: "allow" }] }, true],
    [{}, true],
    [null, true],
  ])("is seen in %j: %s", (document, denies) => {
    expect(hasDeny(document)).toBe(denies);
  });
});

describe("the data", () => {
  const { policies, allowOnly } = awsManagedData();

  it("says where it is from, under which licence, and up to when", () => {
    const source = awsManagedSource();

    expect(source).toEqual({
      name: "moto",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      licence: "Apache-2.0",
      count: expect.any(Number),
      newest: expect.stringMatching(/^20\d\d-[01]\d-[0-3]\d$/),
    });
    expect(source.count).toBeGreaterThanOrEqual(1485);
    const dates = Object.values(policies).map(({ date }) => date);
    expect(dates.filter((date) => date > source.newest)).toEqual([]);
  });

  it("is as docs/decisions tell it", () => {
    const decision = readFileSync(
      join(REPOSITORY, "docs", "decisions", "0015-aws-managed-policies.md"),
      "utf8",
    );
    const { name, version, count, newest } = awsManagedSource();
    const kept = Object.keys(policies).length;
    const denying = count - kept - allowOnly.length;

    expect(decision).toContain(`\`${name}\` ${version}`);
    expect(decision).toContain(`${count.toLocaleString("en")} policies up to ${newest}`);
    expect(decision).toContain(`${kept} of them are kept`);
    expect(decision).toContain(`${denying} others that deny`);
  });

  it("names each policy once", () => {
    const names = [...Object.keys(policies), ...allowOnly];

    expect(new Set(names).size).toBe(names.length);
  });
});

describeAwsManaged("AWS's managed policies in the AWS mock", (all) => {
  const names = all.map(({ arn }) => ({ arn, name: arn.slice(arn.lastIndexOf("/") + 1) }));

  it("are some 1,500", () => {
    expect(all.length).toBeGreaterThanOrEqual(1485);
  });

  it("are known where their names are of those that are kept, and are unknown otherwise", () => {
    const kept = /Lambda|S3|CloudWatchLogs|ServiceQuotas|IAM/;
    const three = ["AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess"];
    const wrong = names.filter(
      ({ arn, name }) =>
        (awsManagedPolicy(arn)?.name === name) !== (kept.test(name) || three.includes(name)),
    );

    // Between two releases of the mock AWS may have taken one back.
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it("deny nothing where they are said to deny nothing", () => {
    const denying = all.filter(({ document }) => hasDeny(document)).map(({ arn }) => arn);

    expect(denying.length).toBeGreaterThan(20);
    expect(denying.filter((arn) => !awsManagedPolicyMayDeny(arn))).toEqual([]);
  });
});
