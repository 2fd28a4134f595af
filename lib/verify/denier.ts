import type { OutsideKind } from "../iam/evaluate/deciding-statement.js";

/** What denies a request, where something does, and it is not only that nothing allows it. */
export interface Denier {
  readonly kind:
    | OutsideKind
    | "identity policy"
    | "permissions boundary"
    | "object ownership"
    | "public access block";
  /** Its name, its ARN, the path of its file, its address, or the level of an organization. */
  readonly policy: string;
  /** The id of its statement, or the place of it: `Statement[0]`. @default none of its statements allows it */
  readonly statement?: string;
}
