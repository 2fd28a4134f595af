/**
 * The regions that Remotion Lambda is offered in and that every account has enabled, as `DEFAULT_AWS_REGIONS` of
 * @remotion/lambda-client 4.0.527 lists them: regions that could be meant where a policy names a pattern.
 *
 * @see https://www.remotion.dev/docs/lambda/region-selection
 */
export const DEFAULT_REGIONS: readonly string[] = [
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-north-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ca-central-1",
  "sa-east-1",
];
