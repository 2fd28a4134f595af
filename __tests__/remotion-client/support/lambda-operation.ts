import type { AwsRequest } from "./aws-request.js";

/** An operation of Lambda's REST interface, and what it is done to: a function or a tagged ARN. */
export interface LambdaOperation {
  readonly name: string;
  readonly target: string;
}

const OPERATIONS: ReadonlyArray<readonly [pattern: RegExp, name: string]> = [
  [/^GET functions$/, "ListFunctions"],
  [/^POST functions$/, "CreateFunction"],
  [/^GET functions\/([^/]+)$/, "GetFunction"],
  [/^DELETE functions\/([^/]+)$/, "DeleteFunction"],
  [/^GET functions\/([^/]+)\/configuration$/, "GetFunctionConfiguration"],
  [/^PUT functions\/([^/]+)\/configuration$/, "UpdateFunctionConfiguration"],
  [/^PUT functions\/([^/]+)\/event-invoke-config$/, "PutFunctionEventInvokeConfig"],
  [/^PUT functions\/([^/]+)\/runtime-management-config$/, "PutRuntimeManagementConfig"],
  [/^POST functions\/([^/]+)\/invocations$/, "Invoke"],
  [/^POST functions\/([^/]+)\/response-streaming-invocations$/, "InvokeWithResponseStream"],
  [/^POST tags\/(.+)$/, "TagResource"],
];

/** Reads the operation out of a request to Lambda. */
export function lambdaOperation(request: AwsRequest): LambdaOperation {
  // The first part of the path is the date of the interface's version.
  const path = request.path.replace(/^\/\d{4}-\d{2}-\d{2}\//, "").replace(/\/$/, "");
  const line = `${request.method} ${path}`;
  for (const [pattern, name] of OPERATIONS) {
    const match = line.match(pattern);
    if (match !== null) return { name, target: decodeURIComponent(match[1] ?? "") };
  }
  throw new Error(`No operation is known for the Lambda request "${line}": add it.`);
}
