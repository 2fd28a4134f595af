// What stands for each placeholder of a resource in the table, as a regular expression.
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  partition: "(?:aws|aws-cn)",
  region: "[a-z0-9-]+",
  account: "\\d{12}",
  /** A bucket that Remotion made or that is named like one. */
  bucket: "remotionlambda-[a-z0-9-]+",
  /** A bucket of the user's: for output, or named in `forceBucketName`. */
  ownBucket: "(?!remotionlambda-)[a-z0-9.-]+",
  /** A function that Remotion made. */
  function: "remotion-render-[a-z0-9-]+",
  /** A function's log group is named after it. */
  functionLogs: "remotion-render-[a-z0-9-]+",
  /** The role of Remotion's set-up guide, with its path. */
  lambdaRole: "/remotion-lambda-role",
  /** The role in `customRoleArn`. */
  ownRole: "(?!remotion-lambda-role$)[\\w+=,.@/-]+",
  /** The layer in `customLayerArns`, with its version. */
  ownLayer: "(?!remotion-binaries|LambdaInsights)[\\w-]+:\\d+",
  /** AWS' account for Lambda Insights; a few regions have another than 580247275435. */
  insightsAccount: "\\d{12}",
  /** The user who calls. */
  caller: "[\\w+=,.@/-]+",
};

/** Whether a resource is one of those that a resource of the table stands for. */
export function resourceMatches(pattern: string, resource: string): boolean {
  const expression = pattern
    .split(/(\{\w+\}|\*)/)
    .map((part) => {
      if (part === "*") return ".*";
      return part.startsWith("{") ? placeholder(part.slice(1, -1)) : escaped(part);
    })
    .join("");
  return new RegExp(`^${expression}$`).test(resource);
}

function placeholder(name: string): string {
  const expression = PLACEHOLDERS[name];
  if (expression === undefined) throw new Error(`There is no placeholder "{${name}}".`);
  return expression;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
