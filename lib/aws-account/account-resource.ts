import type { JsonObject } from "../json/json-value.js";

/**
 * One thing of IAM that an account has, or what joins two of them, in the form that all readers share: with the
 * names that Terraform has for its kind and its attributes.
 */
export interface AccountResource {
  /** The ARN of what it is, or of whom it is in. */
  readonly address: string;
  /** Resource type: `aws_iam_user`. */
  readonly type: string;
  /**
   * Attributes. A policy document is as the answer has it, text or object; `Unknown` stands for what the answer
   * should have and does not.
   */
  readonly values: JsonObject;
}
