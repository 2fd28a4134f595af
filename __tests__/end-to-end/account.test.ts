import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readPrincipals } from "../../lib/reading/read-principals.js";
import type { Verification } from "../../lib/verify/answer.js";
import { type VerifiedReading, verifyReading } from "../../lib/verify/verify-reading.js";
import { type AccountPages, startAccountPages } from "../support/account-pages.js";
import { startAws } from "../support/aws.js";
import { IamApi } from "../support/iam-api.js";
import {
  addVersions,
  asConfiguration,
  asState,
  inventedAccount,
  makeByApi,
} from "../support/invented-account.js";
import { type Moto, startMoto } from "../support/moto.js";
import { unlessTorture } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAccount, describeUnless } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

/*
 * An account on the AWS mock, asked for by the real `aws` command line, page by page: what is said of everybody is
 * what is said of the plan and the state that made it. Moto has no pages, so that something before it makes them;
 * and it leaves out, as AWS does not, the permissions boundaries of users and the names of managed policies.
 */

const BINARY = join(REPOSITORY, "bin", "remotion-lambda-terraform.cjs");
const DETAILS = ["iam", "get-account-authorization-details"];

/** What `verify` finds in a file. */
function found(file: string, principal?: string): VerifiedReading {
  return verifyReading(readPrincipals(file), {
    ...(principal === undefined ? {} : { principal }),
    ...{ named: [], scope: {}, outputBuckets: [], forbid: [], now: new Date("2026-11-30") },
  });
}

/**
 * What it says of everybody; not at which address they are, which is their ARN in an account, nor in which order they
 * have their policies.
 */
function said({ verified, bystanders }: VerifiedReading): Record<string, unknown> {
  const everybody = verified.map((one): [string, unknown] => [
    one.principal,
    {
      ...{ ...one, principal: "", address: "", reasons: [] },
      apis: one.apis.map(answersOf),
      excess: one.excess.map((each) => JSON.stringify(each)).toSorted(),
    },
  ]);
  return Object.fromEntries([
    ...everybody,
    ...bystanders.map((name): [string, unknown] => [name, "bystander"]),
  ]);
}

function answersOf({ calls, ...api }: Verification["apis"][number]): unknown {
  return {
    ...api,
    // Of the roles that may be passed, the first of the file is named.
    calls: calls.map((call) => (call.action === "iam:PassRole" ? { ...call, resource: "" } : call)),
  };
}

/** How many APIs have each answer. */
function countsIn({ verified }: VerifiedReading): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { answer } of verified.flatMap(({ apis }) => apis)) {
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

/** The pages of a mock, as the environment of the `aws` command line. */
function pagesOf({ environment }: Moto, { url }: AccountPages): Record<string, string> {
  return {
    ...environment,
    AWS_ENDPOINT_URL: url,
    AWS_DEFAULT_OUTPUT: "json",
    // The first release of the command line has its own name for it.
    AWS_DEFAULT_REGION: environment["AWS_REGION"] ?? "",
    AWS_PAGER: "",
  };
}

describeAccount("An account of some", () => {
  const resources = inventedAccount({ roles: 16, users: 10, groups: 3, policies: 12 });
  let moto: Moto;
  let pages: AccountPages;
  let asker: Workspace;
  let plan = "";
  let state = "";
  beforeAll(async () => {
    moto = await startAws();
    pages = await startAccountPages(moto.url);
    asker = new Workspace(pagesOf(moto, pages));
    const workspace = new Workspace(moto.environment);
    await workspace.write("main.tf.json", asConfiguration(resources)).init();
    plan = JSON.stringify(await workspace.plan());
    await workspace.apply(["plan"]);
    state = (await workspace.run("terraform", ["show", "-json"])).stdout;
    workspace.remove();
    await addVersions(new IamApi(moto.url), resources);
  });
  afterAll(async () => {
    asker.remove();
    await pages.stop();
    await moto.stop();
  });

  it("is to verify what the plan and the state are that made it", async () => {
    const before = pages.sizes.length;
    const { stdout } = await asker.run("aws", [...DETAILS, "--page-size", "7"]);
    const account = found(stdout);

    expect(pages.sizes.slice(before)).toEqual([7, 7, 7, 7, 7, 6]);
    expect(said(account)).toEqual(said(found(state)));
    expect(said(account)).toEqual(said(found(plan)));
    // Of each there is enough, so that it means something that they are equal.
    const { allowed = 0, missing = 0 } = countsIn(account);
    expect(Math.min(allowed, missing)).toBeGreaterThan(20);
    expect(account.bystanders.length).toBeGreaterThan(2);
  });

  it("may come one page after another, as a script asks for them, and is incomplete until all are there", async () => {
    const { stdout: first } = await asker.run("aws", [...DETAILS, "--max-items", "4"]);
    const { NextToken } = JSON.parse(first) as { readonly NextToken: string };
    const next = ["--starting-token", NextToken];
    const { stdout: others } = await asker.run("aws", [...DETAILS, ...next]);

    expect(found(first).incomplete).toContain("more pages");
    expect(said(found(`${first}${others}`))).toEqual(said(found(state)));
    expect(found(`${first}${others}`).incomplete).toBeUndefined();
  });

  it("says of one role what the answers about it say together", async () => {
    const role = "remotion-lambda-role";
    const policy = ["--policy-arn", "arn:aws:iam::123456789012:policy/video/policy-1"];
    const answers = [];
    for (const question of [
      ["get-role", "--role-name", role],
      ["list-role-policies", "--role-name", role],
      ["list-attached-role-policies", "--role-name", role],
      ["get-policy", ...policy],
      ["get-policy-version", ...policy, "--version-id", "v3"],
    ]) {
      const { stdout } = await asker.run("aws", ["iam", ...question, "--endpoint-url", moto.url]);
      answers.push(stdout);
    }

    expect(said(found(answers.join(""), role))).toEqual(said(found(state, role)));
  });

  it("is piped into the command line", async () => {
    const command = `aws ${DETAILS.join(" ")} | "$0" "$1" verify - --principal remotion-lambda-role`;
    const args = ["-c", command, process.execPath, BINARY];
    const { status, output } = await asker.attempt("sh", args);

    expect(output).toContain("remotion-lambda-role (arn:aws:iam::123456789012:role/remotion-");
    expect(status).toBe(0);
  });
});

const ROLES = 2000;

describeUnless(
  unlessTorture("roles of an account, read from AWS's answers and from a state", ROLES),
)("An account of thousands", () => {
  it("is to verify what the state is that has the same", async () => {
    const resources = inventedAccount({ roles: ROLES, users: 300, groups: 40, policies: 500 });
    const moto = await startMoto();
    const pages = await startAccountPages(moto.url);
    const asker = new Workspace(pagesOf(moto, pages));
    const iam = new IamApi(moto.url);
    await makeByApi(iam, resources);
    await addVersions(iam, resources);
    const { stdout } = await asker.run("aws", [...DETAILS, "--page-size", "100"]);
    const account = found(stdout);

    expect(pages.sizes).toHaveLength(29);
    expect(Object.keys(said(account)).length).toBeGreaterThan(2300);
    expect(said(account)).toEqual(said(found(asState(resources))));
    asker.remove();
    await pages.stop();
    await moto.stop();
  });
});
