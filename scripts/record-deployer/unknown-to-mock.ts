import type { IamCall, StandIn } from "../../__tests__/support/counting-proxy.js";

/** An answer without anything in it, or with what stands in a result. */
const answerTo = (action: string, result = "") =>
  `<${action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">${result === "" ? "" : `<${action}Result>${result}</${action}Result>`}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;

/** What is listed of a user. */
const LISTED: Readonly<Record<string, readonly [list: string, id: string]>> = {
  ServiceSpecificCredentials: ["ServiceSpecificCredentials", "ServiceSpecificCredentialId"],
  SigningCertificates: ["Certificates", "CertificateId"],
  SSHPublicKeys: ["SSHPublicKeys", "SSHPublicKeyId"],
};

function listOfOne(kind: string, user: string): string {
  const [list = kind, id = "Id"] = LISTED[kind] ?? [];
  return `<${list}><member><UserName>${user}</UserName><${id}>ID345678901234567890</${id}><Status>Active</Status></member></${list}><IsTruncated>false</IsTruncated>`;
}

/**
 * What the mock knows nothing of, or only together with much else: the permissions boundaries of users, and their
 * certificates, SSH keys and credentials for single services, of which every user has one of each kind.
 */
export class UnknownToMock implements StandIn {
  readonly #known = new Map<string, string>();

  readonly answer = ({ action, parameters }: IamCall): string | undefined => {
    const { UserName = "", PermissionsBoundary = "" } = parameters;
    switch (action) {
      case "CreateUser":
        this.#set(UserName, PermissionsBoundary);
        return undefined;
      case "PutUserPermissionsBoundary":
      case "DeleteUserPermissionsBoundary":
        this.#set(UserName, PermissionsBoundary);
        return answerTo(action);
      case "ListServiceSpecificCredentials":
      case "ListSigningCertificates":
      case "ListSSHPublicKeys":
        return answerTo(action, listOfOne(action.slice("List".length), UserName));
      case "DeleteServiceSpecificCredential":
      case "DeleteSigningCertificate":
      case "DeleteSSHPublicKey":
      case "UpdateServiceSpecificCredential":
      case "UpdateSigningCertificate":
      case "UpdateSSHPublicKey":
        return answerTo(action);
      default:
        return undefined;
    }
  };

  readonly completed = ({ action, parameters }: IamCall, body: string): string => {
    const boundary = this.#known.get(parameters["UserName"] ?? "");
    return boundary === undefined || !["CreateUser", "GetUser"].includes(action)
      ? body
      : body.replace(
          "</User>",
          `<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>${boundary}</PermissionsBoundaryArn></PermissionsBoundary></User>`,
        );
  };

  #set(user: string, boundary: string): void {
    if (boundary === "") {
      this.#known.delete(user);
    } else {
      this.#known.set(user, boundary);
    }
  }
}
