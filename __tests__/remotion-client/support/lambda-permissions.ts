import { regionalArn } from "./aws-names.js";
import { type AwsRequest, jsonBody, stringMember } from "./aws-request.js";
import { lambdaOperation } from "./lambda-operation.js";
import type { Permission } from "./permission.js";

// Lambda looks at a function's subnets with the permissions of whoever configures it.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
const VPC_ACTIONS = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"];

/** What a request to Lambda needs. */
export function lambdaPermissions(request: AwsRequest): Permission[] {
  const { name, target } = lambdaOperation(request);
  const body = name.endsWith("Function") || name.endsWith("Configuration") ? jsonBody(request) : {};
  const functionName = stringMember(body, "FunctionName") ?? target;
  const resource = functionName.startsWith("arn:")
    ? functionName
    : regionalArn("lambda", request.signature.region, `function:${functionName}`);

  switch (name) {
    case "ListFunctions":
      return [{ action: "lambda:ListFunctions", resource: "*" }];
    case "Invoke":
    case "InvokeWithResponseStream":
      return [{ action: "lambda:InvokeFunction", resource }];
    default:
      return [{ action: `lambda:${name}`, resource }, ...dependent(body, resource)];
  }
}

// What Lambda does in the name of whoever creates or updates a function.
function dependent(body: Record<string, unknown>, functionArn: string): Permission[] {
  const permissions: Permission[] = [];
  const role = stringMember(body, "Role");
  if (role !== undefined) permissions.push({ action: "iam:PassRole", resource: role });
  for (const layer of Array.isArray(body["Layers"]) ? body["Layers"] : []) {
    permissions.push({ action: "lambda:GetLayerVersion", resource: String(layer) });
  }
  if (body["Tags"] !== undefined) {
    permissions.push({ action: "lambda:TagResource", resource: functionArn });
  }
  if (body["VpcConfig"] !== undefined) {
    permissions.push(...VPC_ACTIONS.map((action) => ({ action, resource: "*" })));
  }
  return permissions;
}
