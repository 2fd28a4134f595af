import type { IamApi } from "../../support/iam-api.js";
import type { HeldPolicies } from "./judge.js";
import { ACCOUNT, type IntendedPrincipal } from "./root.js";

/** What somebody has in an account, as IAM's own API says it. */
export async function readBack(iam: IamApi, principal: IntendedPrincipal): Promise<HeldPolicies> {
  const { kind, name, path } = principal;
  switch (kind) {
    case "policy": {
      const policy = await iam.managedPolicy(`arn:aws:iam::${ACCOUNT}:policy${path}${name}`);
      return { policies: [policy as object], boundary: undefined, hasUnread: false };
    }
    case "role": {
      const told = await iam.call("GetRole", { RoleName: name });
      return held(iam, await ofHolder(iam, "Role", name), told);
    }
    case "user": {
      const told = await iam.call("GetUser", { UserName: name });
      const groups = valuesIn(await iam.call("ListGroupsForUser", { UserName: name }), "GroupName");
      const ofGroups = await Promise.all(groups.map((group) => ofHolder(iam, "Group", group)));
      return held(iam, [...(await ofHolder(iam, "User", name)), ...ofGroups.flat()], told);
    }
  }
}

/** The inline and the attached policies of a user, a role or a group. */
async function ofHolder(
  iam: IamApi,
  kind: "User" | "Role" | "Group",
  name: string,
): Promise<readonly object[]> {
  const who = { [`${kind}Name`]: name };
  const inline = valuesIn(await iam.call(`List${kind}Policies`, who), "member");
  const attached = valuesIn(await iam.call(`ListAttached${kind}Policies`, who), "PolicyArn");
  return Promise.all([
    ...inline.map(async (policy) =>
      documentIn(await iam.call(`Get${kind}Policy`, { ...who, PolicyName: policy })),
    ),
    ...attached.map(async (arn) => (await iam.managedPolicy(arn)) as object),
  ]);
}

async function held(iam: IamApi, policies: readonly object[], told: string): Promise<HeldPolicies> {
  const [boundary] = valuesIn(told, "PermissionsBoundaryArn");
  return {
    policies,
    boundary: boundary === undefined ? undefined : ((await iam.managedPolicy(boundary)) as object),
    hasUnread: false,
  };
}

function valuesIn(xml: string, tag: string): readonly string[] {
  return Array.from(xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g")), ([, value = ""]) =>
    value.trim(),
  );
}

function documentIn(xml: string): object {
  const [text = ""] = valuesIn(xml, "PolicyDocument");
  const plain = text.startsWith("%")
    ? decodeURIComponent(text)
    : text.replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&amp;", "&");
  return JSON.parse(plain) as object;
}
