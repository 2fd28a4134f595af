/** IAM through its own API, as a mock or AWS answers it. */
export class IamApi {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Calls an action, and answers in XML. */
  async call(action: string, parameters: Record<string, string> = {}): Promise<string> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        Authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: new URLSearchParams({ Action: action, Version: "2010-05-08", ...parameters }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${action} answered ${response.status}: ${text}`);
    }
    return text;
  }

  /** The document of a user's inline policy. */
  async userPolicy(user: string, policy: string): Promise<unknown> {
    const answer = await this.call("GetUserPolicy", { UserName: user, PolicyName: policy });
    return documentIn(answer, "PolicyDocument");
  }

  /** The document of a role's inline policy. */
  async rolePolicy(role: string, policy: string): Promise<unknown> {
    const answer = await this.call("GetRolePolicy", { RoleName: role, PolicyName: policy });
    return documentIn(answer, "PolicyDocument");
  }

  /** The default version of a managed policy. */
  async managedPolicy(arn: string): Promise<unknown> {
    const answer = await this.call("GetPolicyVersion", { PolicyArn: arn, VersionId: "v1" });
    return documentIn(answer, "Document");
  }

  /** Who may assume a role. */
  async trustPolicy(role: string): Promise<unknown> {
    return documentIn(await this.call("GetRole", { RoleName: role }), "AssumeRolePolicyDocument");
  }

  /** Names of the inline policies of a role. */
  async inlinePolicies(role: string): Promise<string[]> {
    return valuesIn(await this.call("ListRolePolicies", { RoleName: role }), "member");
  }

  /** Names of the instance profiles that hold a role. */
  async instanceProfiles(role: string): Promise<string[]> {
    const answer = await this.call("ListInstanceProfilesForRole", { RoleName: role });
    return valuesIn(answer, "InstanceProfileName");
  }

  /** Names of the managed policies attached to a role. */
  async attachedPolicies(role: string): Promise<string[]> {
    return valuesIn(await this.call("ListAttachedRolePolicies", { RoleName: role }), "PolicyName");
  }

  /** Names of all users, roles, managed policies and instance profiles of the account, and its OIDC providers. */
  async everything(): Promise<string[]> {
    const users = valuesIn(await this.call("ListUsers"), "UserName");
    const roles = valuesIn(await this.call("ListRoles"), "RoleName");
    const policies = valuesIn(await this.call("ListPolicies", { Scope: "Local" }), "PolicyName");
    const profiles = valuesIn(await this.call("ListInstanceProfiles"), "InstanceProfileName");
    const providers = valuesIn(await this.call("ListOpenIDConnectProviders"), "Arn");
    return [...users, ...roles, ...policies, ...profiles, ...providers].sort();
  }

  /** Makes a role that EC2 may assume, as somebody outside Terraform would. */
  async createRole(role: string): Promise<void> {
    const trust = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    };
    await this.call("CreateRole", {
      RoleName: role,
      AssumeRolePolicyDocument: JSON.stringify(trust),
    });
  }

  /** Deletes a role that has no policies. */
  async deleteRole(role: string): Promise<void> {
    await this.call("DeleteRole", { RoleName: role });
  }
}

function valuesIn(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(
    ([, value]) => value ?? "",
  );
}

function documentIn(xml: string, tag: string): unknown {
  const [text = ""] = valuesIn(xml, tag);
  return JSON.parse(
    text.startsWith("%7B")
      ? decodeURIComponent(text)
      : text.replaceAll("&quot;", '"').replaceAll("&#34;", '"').replaceAll("&amp;", "&"),
  );
}
