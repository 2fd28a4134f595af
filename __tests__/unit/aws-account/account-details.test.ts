import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { type Summary, summaries } from "../terraform/support/summary.js";
import {
  arn,
  attached,
  boundary,
  type Details,
  details,
  document,
  group,
  inline,
  LAMBDA_TRUST,
  policy,
  role,
  user,
  version,
} from "./support/answers.js";

const AWS = "arn:aws:iam::aws:policy";
const GIVE = "the answer as AWS gives it";

function read(lists: Details, more: object = {}) {
  return readPrincipals(details(lists, more));
}

/** The only principal, or the first. */
function first(lists: Details, more: object = {}): Principal | undefined {
  return read(lists, more).principals[0];
}

describe("an account", () => {
  const ROWS: Record<string, { lists: Details; principals: Record<string, Summary> }> = {
    "a user with an inline policy, a managed one and a boundary": {
      lists: {
        UserDetailList: [
          user("u", {
            Path: "/video/",
            Arn: arn("user", "u", "/video/"),
            UserPolicyList: [inline("own")],
            AttachedManagedPolicies: [attached(arn("policy", "p", "/video/"))],
            PermissionsBoundary: boundary(arn("policy", "limit")),
          }),
        ],
        Policies: [
          policy("p", { Path: "/video/", Arn: arn("policy", "p", "/video/") }),
          policy("limit"),
        ],
      },
      principals: {
        [arn("user", "u", "/video/")]: {
          is: `user u, ${arn("user", "u", "/video/")}`,
          policies: [
            `own: own, ${arn("user", "u", "/video/")}`,
            `p: p, ${arn("policy", "p", "/video/")}`,
          ],
          boundary: `${arn("policy", "limit")}: limit`,
        },
      },
    },
    "users in groups have what the groups have, and a policy of the same name besides": {
      lists: {
        UserDetailList: [
          user("u", { GroupList: ["a", "b"], UserPolicyList: [inline("same", document("mine"))] }),
          user("v", { GroupList: ["a"] }),
        ],
        GroupDetailList: [
          group("a", {
            GroupPolicyList: [inline("same", document("ours"))],
            AttachedManagedPolicies: [attached(arn("policy", "p"))],
          }),
          group("b", { AttachedManagedPolicies: [attached(arn("policy", "p"))] }),
        ],
        Policies: [policy("p")],
      },
      principals: {
        [arn("user", "u")]: {
          is: `user u, ${arn("user", "u")}`,
          policies: [
            `same: mine, ${arn("user", "u")}`,
            `same: ours, ${arn("group", "a")}`,
            `p: p, ${arn("policy", "p")}`,
          ],
        },
        [arn("user", "v")]: {
          is: `user v, ${arn("user", "v")}`,
          policies: [`same: ours, ${arn("group", "a")}`, `p: p, ${arn("policy", "p")}`],
        },
      },
    },
    "the version in force counts, wherever it stands": {
      lists: {
        RoleDetailList: [role("r", { AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
        Policies: [
          policy("p", {
            DefaultVersionId: "v2",
            PolicyVersionList: [
              version("v3", document("newer")),
              version("v2", document("inForce"), true),
              version("v1", document("older")),
            ],
          }),
        ],
      },
      principals: {
        [arn("role", "r")]: {
          is: `role r, ${arn("role", "r")}`,
          policies: [`p: inForce, ${arn("policy", "p")}`],
        },
      },
    },
    "AWS's own policies are of nobody by themselves; a text in the answer counts before ours": {
      lists: {
        RoleDetailList: [
          role("r", {
            AttachedManagedPolicies: [
              attached(`${AWS}/AmazonS3FullAccess`),
              attached(`${AWS}/job-function/Billing`),
              attached(`${AWS}/AWSDirectConnectFullAccess`),
            ],
          }),
        ],
        Policies: [
          ...["AmazonS3FullAccess", "job-function/Billing", "Other"].map((name) => ({
            ...policy(name.slice(name.lastIndexOf("/") + 1)),
            Arn: `${AWS}/${name}`,
            Path: name.includes("/") ? "/job-function/" : "/",
          })),
        ],
      },
      principals: {
        [arn("role", "r")]: {
          is: `role r, ${arn("role", "r")}`,
          policies: [
            `AmazonS3FullAccess: AmazonS3FullAccess, ${AWS}/AmazonS3FullAccess`,
            `Billing: Billing, ${AWS}/job-function/Billing`,
          ],
          unread: [
            `AWSDirectConnectFullAccess: it is not in the file, --policy ${AWS}/AWSDirectConnectFullAccess=FILE`,
          ],
        },
      },
    },
    "policies that nobody has, and those of a group without users": {
      lists: {
        GroupDetailList: [group("g", { GroupPolicyList: [inline("own")] })],
        Policies: [policy("p")],
      },
      principals: {
        [arn("policy", "p")]: {
          is: `policy p, ${arn("policy", "p")}`,
          policies: [`p: p, ${arn("policy", "p")}`],
        },
        [arn("group", "g")]: {
          is: "policy own, undefined",
          policies: [`own: own, ${arn("group", "g")}`],
          notes: [
            `It is attached to the group ${arn("group", "g")}, none of whose members is in the file.`,
          ],
        },
      },
    },
    "what is on another page, or was left out by --filter, is untold": {
      lists: {
        UserDetailList: [user("u", { GroupList: ["gone"] })],
        RoleDetailList: [
          role("r", {
            AttachedManagedPolicies: [attached(arn("policy", "gone"))],
            PermissionsBoundary: boundary(arn("policy", "limit")),
          }),
        ],
      },
      principals: {
        [arn("user", "u")]: {
          is: `user u, ${arn("user", "u")}`,
          unread: ["gone: the group gone is not in the file, a file that has the group"],
        },
        [arn("role", "r")]: {
          is: `role r, ${arn("role", "r")}`,
          unread: [`gone: it is not in the file, --policy ${arn("policy", "gone")}=FILE`],
          boundary: `${arn("policy", "limit")}: not told`,
        },
      },
    },
  };

  it.each(Object.entries(ROWS))("%s", (_what, { lists, principals }) => {
    const reading = read(lists);

    expect(reading.source).toBe("account");
    expect(reading.incomplete).toBeUndefined();
    expect(summaries(reading)).toEqual(principals);
  });

  it.each<[string, (text: string) => unknown]>([
    ["an object", (text) => JSON.parse(text)],
    ["text", (text) => text],
    ["text in URL encoding, as the API has it", encodeURIComponent],
  ])("may have documents as %s", (_form, written) => {
    const of = (sid: string) => written(JSON.stringify(document(sid)));
    const { principals } = read({
      RoleDetailList: [
        role("r", {
          AssumeRolePolicyDocument: written(JSON.stringify(LAMBDA_TRUST)),
          RolePolicyList: [inline("own", of("own"))],
          AttachedManagedPolicies: [attached(arn("policy", "p"))],
        }),
      ],
      Policies: [policy("p", { PolicyVersionList: [version("v1", of("p"), true)] })],
    });

    expect(principals).toMatchObject([
      {
        trust: LAMBDA_TRUST,
        policies: [{ document: document("own") }, { document: document("p") }],
      },
    ]);
  });

  it("may be in China", () => {
    const text = details({
      RoleDetailList: [role("r", { AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
      Policies: [policy("p")],
    }).replaceAll("arn:aws:", "arn:aws-cn:");

    expect(readPrincipals(text).principals).toMatchObject([
      { arn: "arn:aws-cn:iam::123456789012:role/r", policies: [{ name: "p" }] },
    ]);
  });

  it("shares one document among all that have the same", () => {
    const roles = ["a", "b"].map((name) => role(name, { RolePolicyList: [inline("own")] }));
    const [one, other] = read({ RoleDetailList: roles }).principals;

    expect(one?.policies[0]?.document).toBe(other?.policies[0]?.document);
  });

  it("takes policies that are given where the answer has none", () => {
    const lists = {
      RoleDetailList: [role("r", { AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
    };
    const policies = new Map([[arn("policy", "p"), document("given")]]);

    expect(readPrincipals(details(lists), { policies }).principals).toMatchObject([
      { policies: [{ document: document("given") }], unread: [] },
    ]);
  });
});

describe("pages", () => {
  const ONE = details(
    { UserDetailList: [user("u", { GroupList: ["g"] })] },
    {
      IsTruncated: true,
      Marker: "m",
    },
  );
  const OTHER = details(
    { GroupDetailList: [group("g", { GroupPolicyList: [inline("own")] })] },
    { IsTruncated: false },
  );
  const TOGETHER = summaries(
    read({
      UserDetailList: [user("u", { GroupList: ["g"] })],
      GroupDetailList: [group("g", { GroupPolicyList: [inline("own")] })],
    }),
  );

  it.each<[string, string | string[]]>([
    ["in several files", [ONE, OTHER]],
    ["in any order", [OTHER, ONE]],
    ["one of them twice", [ONE, ONE, OTHER]],
    ["one after another in a file", `${ONE}\n${OTHER}\n`],
    ["without anything between them", `${ONE}${OTHER}`],
    ["both", [`${ONE}${OTHER}`, OTHER]],
  ])("%s", (_how, files) => {
    const reading = readPrincipals(files);

    expect(summaries(reading)).toEqual(TOGETHER);
    expect(reading.incomplete).toBeUndefined();
  });

  it.each<[string, object]>([
    ["IsTruncated", { IsTruncated: true }],
    ["Marker", { Marker: "m" }],
    ["NextToken, of --max-items", { NextToken: "t" }],
    ["IsTruncated in another type", { IsTruncated: "true" }],
  ])("that are missing leave others untold: %s", (_key, more) => {
    const { incomplete } = read({ UserDetailList: [user("u")] }, more);

    expect(incomplete).toContain("more pages");
  });

  it.each<[string, object]>([
    ["IsTruncated", { IsTruncated: false, Marker: null }],
    ["what boto3 adds", { IsTruncated: false, ResponseMetadata: { HTTPStatusCode: 200 } }],
  ])("are all there: %s", (_key, more) => {
    expect(read({ UserDetailList: [user("u")] }, more).incomplete).toBeUndefined();
  });

  it.each<[string, object]>([
    ["left out", {}],
    ["null, as --query makes it", { UserDetailList: null, GroupDetailList: null }],
  ])("are missing where a list is %s", (_how, lists) => {
    const text = JSON.stringify({ RoleDetailList: [role("r")], Policies: [], ...lists });

    expect(readPrincipals(text).incomplete).toContain(
      "no UserDetailList, no GroupDetailList, and who is in there is not told",
    );
  });

  it("are missing where AWS counts more who have a policy", () => {
    const lists = (AttachmentCount: number) => ({
      UserDetailList: [user("u", { AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
      RoleDetailList: [role("r", { AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
      Policies: [policy("p", { AttachmentCount })],
    });

    expect(read(lists(2)).incomplete).toBeUndefined();
    expect(read(lists(3)).incomplete).toContain(`have ${arn("policy", "p")} than the answer holds`);
  });

  it.each<[string, string[], string]>([
    [
      "of two accounts",
      [ONE, OTHER.replaceAll("123456789012", "210987654321")],
      "of several accounts (123456789012, 210987654321)",
    ],
    [
      "that differ in one and the same",
      [ONE, details({ UserDetailList: [user("u", { GroupList: [] })] })],
      `have "${arn("user", "u")}" twice, and not alike`,
    ],
    ["with a plan", [ONE, '{"format_version":"1.2","planned_values":{}}'], "give a plan, a state"],
    ["with a policy", [ONE, JSON.stringify(document("a"))], "give a plan, a state"],
    ["with a list", [ONE, "[]"], "give a plan, a state"],
    [
      "with an answer about one role",
      [ONE, JSON.stringify({ Role: role("r") })],
      "perhaps of another time",
    ],
  ])("%s are refused", (_what, files, says) => {
    expect(() => readPrincipals(files)).toThrow(UnreadableFile);
    expect(() => readPrincipals(files)).toThrow(says);
  });

  it("name the place where they stop being JSON, in the file as a whole", () => {
    expect(() => readPrincipals('{\n}\n{"UserDetailList": [1,,]}')).toThrow(
      'at line 3, column 23 ",',
    );
  });

  it("of nothing are refused", () => {
    expect(() => read({})).toThrow("have no user, role or policy");
    expect(() => read({ GroupDetailList: [group("g")] })).toThrow("have no user, role or policy");
  });
});

describe("of somebody in an account, alone", () => {
  const HOLDERS = {
    user: (more: object) => ({ UserDetailList: [user("x", more)] }),
    role: (more: object) => ({ RoleDetailList: [role("x", more)] }),
  };

  it.each<[keyof typeof HOLDERS, object, string]>([
    ["role", { RolePolicyList: undefined }, "its RolePolicyList is left out"],
    ["role", { RolePolicyList: {} }, "its RolePolicyList is no list"],
    ["role", { RolePolicyList: [5] }, "its RolePolicyList has an entry that is not as AWS"],
    ["role", { RolePolicyList: [{ PolicyDocument: {} }] }, "its RolePolicyList has an entry"],
    ["role", { RolePolicyList: [inline("\u001b[2J")] }, "its RolePolicyList has an entry"],
    ["role", { RolePolicyList: [inline("a"), inline("a", document("b"))] }, "has an entry"],
    ["role", { AttachedManagedPolicies: undefined }, "its AttachedManagedPolicies is left out"],
    ["role", { AttachedManagedPolicies: "all" }, "its AttachedManagedPolicies is no list"],
    ["role", { AttachedManagedPolicies: [{ PolicyName: "p" }] }, "has an entry that is not as AWS"],
    ["role", { AttachedManagedPolicies: [attached(arn("role", "p"))] }, "has an entry"],
    ["user", { UserPolicyList: null }, "its UserPolicyList is no list"],
    ["user", { GroupList: undefined }, "its GroupList is left out"],
    ["user", { GroupList: [{}] }, "its GroupList has an entry that is not as AWS"],
    ["user", { GroupList: ["a*"] }, "its GroupList has an entry that is not as AWS"],
  ])("a %s with %j may have more", (kind, more, cause) => {
    expect(first(HOLDERS[kind](more))?.unread).toMatchObject([
      { cause: expect.stringContaining(cause), give: GIVE, maybe: true, mayDeny: true },
    ]);
  });

  it("a user without UserPolicyList has no inline policies, as AWS leaves it out", () => {
    expect(first(HOLDERS.user({ UserPolicyList: undefined }))?.unread).toEqual([]);
  });

  it.each([{}, [], "x", { PermissionsBoundaryArn: 5 }, boundary(arn("user", "x"))])(
    "a boundary is not told by %j",
    (PermissionsBoundary) => {
      expect(first(HOLDERS.role({ PermissionsBoundary }))?.boundary).toMatchObject({
        arn: "",
        document: undefined,
      });
    },
  );

  it.each([undefined, null])("there is no boundary by %j", (PermissionsBoundary) => {
    expect(first(HOLDERS.role({ PermissionsBoundary }))?.boundary).toBeUndefined();
  });

  it.each<[string, object]>([
    ["no version is", { PolicyVersionList: [version("v1", document("a"))] }],
    [
      "two versions are",
      { PolicyVersionList: [version("v1", {}, true), version("v2", document("b"), true)] },
    ],
    ["another version is said to be", { DefaultVersionId: "v2" }],
    ["there are no versions that is", { PolicyVersionList: [] }],
    ["there is no list of which one is", { PolicyVersionList: undefined }],
    ["it has no document that is", { PolicyVersionList: [version("v1", undefined, true)] }],
  ])("a policy is not told where %s in force", (_what, more) => {
    const told = first({
      RoleDetailList: [role("r", { AttachedManagedPolicies: [attached(arn("policy", "p"))] })],
      Policies: [policy("p", more)],
    });

    expect(told?.policies).toMatchObject([
      { document: { cause: "its version in force is not in the answer" } },
    ]);
  });

  it("is told by our own text where the answer's of AWS's policy is none", () => {
    const told = first({
      RoleDetailList: [
        role("r", { AttachedManagedPolicies: [attached(`${AWS}/AmazonS3FullAccess`)] }),
      ],
      Policies: [
        { ...policy("AmazonS3FullAccess"), Arn: `${AWS}/AmazonS3FullAccess`, PolicyVersionList: 1 },
      ],
    });

    expect(JSON.stringify(told?.policies)).toContain("s3:*");
  });
});
