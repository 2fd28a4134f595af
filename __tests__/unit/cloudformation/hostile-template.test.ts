import fc from "fast-check";
import { expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options } from "../verify/support.js";
import { readingOf } from "./support/template.js";

/* Templates of anything: each is read, or refused with a sentence, in bounded time. */

const FUNCTIONS = [
  ...["Ref", "Condition", "Fn::If", "Fn::Sub", "Fn::Join", "Fn::Select", "Fn::Split", "Fn::GetAtt"],
  ...["Fn::FindInMap", "Fn::Base64", "Fn::Length", "Fn::ToJsonString", "Fn::Transform", "Fn::X"],
];
const PROPERTIES = [
  ...["RoleName", "UserName", "Path", "Policies", "PolicyName", "PolicyDocument", "Roles", "Users"],
  ...[
    "ManagedPolicyArns",
    "ManagedPolicyName",
    "Groups",
    "GroupName",
    "PermissionsBoundary",
    "Role",
  ],
  ...[
    "AssumeRolePolicyDocument",
    "IamInstanceProfile",
    "Statement",
    "Resource",
    "Effect",
    "Action",
  ],
];
const TYPES = [
  ...[
    "AWS::IAM::Role",
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::IAM::Policy",
    "AWS::IAM::ManagedPolicy",
  ],
  ...["AWS::IAM::UserToGroupAddition", "AWS::IAM::RolePolicy", "AWS::IAM::InstanceProfile"],
  ...[
    "AWS::Lambda::Function",
    "AWS::EC2::Instance",
    "AWS::Serverless::Function",
    "AWS::CloudFormation::Stack",
  ],
];
const IDS = ["A", "B", "C", "D", "__proto__", "constructor"];
const TEXTS = [
  ...IDS,
  "*",
  "${A}",
  "${B.Arn}",
  "${!C}",
  "A.Arn",
  "",
  "{{resolve:ssm:x}}",
  "AWS::NoValue",
  "AWS::AccountId",
];

const { value } = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>(...TEXTS),
    fc.constantFrom<unknown>(0, 1, true, null, -1),
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .tuple(fc.constantFrom(...FUNCTIONS), tie("value"))
      .map(([name, inner]) => ({ [name]: inner })),
    tie("map"),
  ),
  map: fc.dictionary(fc.constantFrom(...PROPERTIES, ...IDS), tie("value"), { maxKeys: 4 }),
}));
const resources = fc.dictionary(
  fc.constantFrom(...IDS),
  fc.record({
    Type: fc.constantFrom(...TYPES),
    Condition: fc.option(fc.constantFrom("A", "B"), { nil: undefined }),
    Properties: fc.dictionary(fc.constantFrom(...PROPERTIES), value, { maxKeys: 6 }),
  }),
  { minKeys: 1 },
);
const template = fc.record({
  Transform: fc.option(value, { nil: undefined }),
  Parameters: fc.dictionary(fc.constantFrom(...IDS), fc.record({ Type: value, Default: value })),
  // Without one of them the template is refused.
  Conditions: fc.record({ A: value, B: value }),
  Mappings: fc.dictionary(fc.constantFrom("A", "B"), value),
  Globals: value,
  Resources: resources,
});

it("are read, or refused with a sentence", () => {
  let read = 0;
  fc.assert(
    fc.property(template, (drawn) => {
      try {
        const reading = readingOf(drawn);
        verifyReading(reading, options());
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableFile);
      }
    }),
    { numRuns: 200 },
  );

  expect(read).toBeGreaterThan(50);
});
