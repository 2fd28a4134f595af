import { Unknown } from "../terraform-expression/unknown.js";
import type { IamResource } from "./iam-file.js";

/** What IAM calls a resource, in its ARN. */
const ARN_KINDS: Readonly<Record<string, string>> = {
  aws_iam_group: "group",
  aws_iam_instance_profile: "instance-profile",
  aws_iam_policy: "policy",
  aws_iam_role: "role",
  aws_iam_user: "user",
};

/** The prefix of names that the provider makes up where it is given none. */
const DEFAULT_PREFIX = "terraform-";

/** The name of a resource, with `*` for what AWS or the provider makes up and what is not told; or unknown. */
export function nameOf(resource: IamResource): string | Unknown {
  const name = resource.argument("name");
  if (typeof name === "string" && name !== "") {
    return name;
  }
  const prefix = resource.argument("name_prefix");
  // Nothing can have both, so a prefix that is told is why the name is not.
  if (typeof prefix === "string" && prefix !== "") {
    return `${prefix}*`;
  }
  for (const value of [name, prefix]) {
    if (value instanceof Unknown) {
      const { pieces } = value.known;
      return pieces?.some((piece) => piece !== "")
        ? `${pieces.join("*")}${value === prefix ? "*" : ""}`.replace(/\*{2,}/g, "*")
        : value;
    }
  }
  return `${DEFAULT_PREFIX}*`;
}

/** What is made up at the end of a name or elsewhere in it, as it could be. */
export const MADE_UP = "20260131000000000000000001";

/** A name with an example of what is not told of it, the same each time. */
export function exampleOf(name: string): string {
  return name.replaceAll("*", MADE_UP);
}

/** The ARN of a resource: as the file has it, or put together, in any account; or unknown. */
export function arnOf(resource: IamResource, partition: string): string | Unknown {
  const arn = resource.argument("arn");
  if (typeof arn === "string") {
    return arn;
  }
  const kind = ARN_KINDS[resource.type];
  const name = nameOf(resource);
  const path = resource.argument("path") ?? "/";
  if (kind === undefined || name instanceof Unknown || typeof path !== "string") {
    return new Unknown("its name or path is not told", [resource.address]);
  }
  // Of a template V8 holds each part by itself, which is four times as long.
  return ["arn:", partition, ":iam::*:", kind, path, name].join("");
}

/** The last part of an ARN, which is the name. */
export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** An ARN as it is put together while the account is not known: whoever writes one in full knew it. */
export function inAnyAccount(arn: string): string {
  return arn.replace(/^(arn:[^:]*:iam::)\d{12}:/, "$1*:");
}
