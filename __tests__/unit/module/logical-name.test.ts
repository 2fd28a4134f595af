import { describe, expect, it } from "vitest";
import { logicalName } from "../../../lib/module/logical-name.js";

describe("logicalName of a local, variable or output", () => {
  it.each([
    { ids: ["policy_json"], name: "policy_json" },
    { ids: ["user", "policy_json"], name: "user_policy_json" },
    { ids: ["user_policy", "policy_json"], name: "user_policy_json" },
    { ids: ["this", "policy_json"], name: "policy_json" },
    { ids: ["_", "policy_json"], name: "policy_json" },
    { ids: ["outer", "this", "inner", "text"], name: "outer_inner_text" },
    { ids: ["lambda-role", "statements"], name: "lambda_role_statements" },
    { ids: ["a.b c", "d"], name: "a_b_c_d" },
    { ids: ["userData", "x"], name: "userData_x" },
  ])("$ids is $name", ({ ids, name }) => {
    expect(logicalName(ids)).toBe(name);
  });
});

describe("logicalName of a resource", () => {
  it.each([
    { type: "aws_iam_role", ids: ["lambda_role", "role"], name: "lambda_role" },
    { type: "aws_iam_role_policy", ids: ["lambda_role", "inline-policy"], name: "lambda_role" },
    { type: "aws_iam_policy", ids: ["lambda_role", "managed-policy"], name: "lambda_role" },
    { type: "aws_iam_user", ids: ["user", "user"], name: "user" },
    { type: "aws_iam_user", ids: ["this", "user"], name: "this" },
    { type: "aws_iam_user", ids: ["_", "user"], name: "this" },
    { type: "aws_iam_access_key", ids: ["user", "named", "key"], name: "user_named" },
    { type: "aws_iam_policy", ids: ["team", "this", "managed-policy"], name: "team" },
    { type: "aws_iam_role", ids: ["role"], name: "role" },
    { type: "aws_iam_role", ids: ["renderer"], name: "renderer" },
    { type: "aws_iam_role", ids: ["api_role"], name: "api_role" },
  ])("$type in $ids is $name", ({ type, ids, name }) => {
    expect(logicalName(ids, type)).toBe(name);
  });
});
