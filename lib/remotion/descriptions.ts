/** What AWS's console shows beside the role and the managed policies. */
export const DESCRIPTIONS = {
  /** Of the role that Remotion's functions run as. */
  lambdaRole: "Remotion Lambda's functions run as this role.",
  /** Of that role's policy, where it is a managed one. */
  lambdaRolePolicy: "Lets Remotion Lambda's functions render.",
  /** Of the user's policy, where it is a managed one. */
  userPolicy: "What a user of Remotion Lambda may do.",
  /** Of the managed policy for callers. */
  executionRolePolicy: "What a caller of Remotion Lambda may do, without long-term keys.",
  /** Of the role for callers. */
  executionRole: "Calls Remotion Lambda without long-term keys.",
  /** Of the managed policies with grants to buckets. */
  bucketGrants: "Lets Remotion Lambda use further buckets.",
} as const;
