import { regionalArn } from "./aws-names.js";
import { type AwsRequest, jsonBody, stringMember } from "./aws-request.js";
import { lambdaPermissions } from "./lambda-permissions.js";
import type { Permission } from "./permission.js";
import { s3Permissions } from "./s3-permissions.js";

/** The permissions that a request needs, given the status it was answered with. */
export function requestPermissions(request: AwsRequest, status: number): Permission[] {
  switch (request.signature.service) {
    case "s3":
      return s3Permissions(request, status);
    case "lambda":
      return lambdaPermissions(request);
    case "logs":
      return logsPermissions(request);
    case "servicequotas":
      return quotaPermissions(request);
    case "iam":
      return iamPermissions(request);
    case "sts":
      return stsPermissions(request);
    default:
      throw new Error(`No permissions are known for "${request.signature.service}": add them.`);
  }
}

/** The operation of a request that names it in a header: `Logs_20140328.CreateLogGroup`. */
export function targetOperation(request: AwsRequest): string {
  return String(request.headers["x-amz-target"]).replace(/^.*\./, "");
}

/** The parameters of a request in the query protocol, `Action` among them. */
export function queryParameters(request: AwsRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString("utf8"));
}

function logsPermissions(request: AwsRequest): Permission[] {
  const group = stringMember(jsonBody(request), "logGroupName") ?? "";
  const resource = regionalArn("logs", request.signature.region, `log-group:${group}`);
  return [{ action: `logs:${targetOperation(request)}`, resource }];
}

function quotaPermissions(request: AwsRequest): Permission[] {
  const operation = targetOperation(request);
  const body = jsonBody(request);
  const quota = `${stringMember(body, "ServiceCode")}/${stringMember(body, "QuotaCode")}`;
  // A default is not the account's, so this one has no resource.
  const resource =
    operation === "GetAWSDefaultServiceQuota"
      ? "*"
      : regionalArn("servicequotas", request.signature.region, quota);
  return [{ action: `servicequotas:${operation}`, resource }];
}

function iamPermissions(request: AwsRequest): Permission[] {
  const parameters = queryParameters(request);
  const resource = parameters.get("PolicySourceArn") ?? "*";
  return [{ action: `iam:${parameters.get("Action")}`, resource }];
}

function stsPermissions(request: AwsRequest): Permission[] {
  const action = queryParameters(request).get("Action");
  // Answered even to a caller whose policy denies it.
  return action === "GetCallerIdentity" ? [] : [{ action: `sts:${action}`, resource: "*" }];
}
