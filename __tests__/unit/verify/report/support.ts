import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { PolicyDocument } from "../../../../lib/iam/policy-document.js";
import { userPolicy } from "../../../../lib/remotion/policies.js";
import { largePlan } from "../../../support/large-plan.js";
import { type Outcome, runRecorded } from "../../support/recording-console.js";

/** Runs `verify` on contents, in a folder of the file's own. */
export function verifyIn(prefix: string) {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), prefix));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  return (content: unknown, ...options: readonly string[]): Promise<Outcome> => {
    const file = join(folder, "input");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return runRecorded("verify", file, ...options);
  };
}

/** A policy without some of its statements. */
export function withoutStatements(document: PolicyDocument, ...sids: string[]): PolicyDocument {
  return { ...document, Statement: document.Statement.filter(({ Sid }) => !sids.includes(Sid)) };
}

/** Names of the statements of Remotion's policy for users. */
const NAMES = userPolicy().Statement.map(({ Sid }) => Sid);

/** A plan of roles that are there for Remotion, each without one or two statements, and with an excess of its own. */
export function unlikeRoles(roles: number): string {
  return largePlan(roles * 4, {
    policyOf: (number) => {
      const left = [NAMES[number % NAMES.length], NAMES[(number * 7 + 3) % NAMES.length]];
      const { Statement, ...others } = withoutStatements(userPolicy(), ...left.map(String));
      const more = Array.from({ length: 9 }, (_, place) => `sqs:Send${number}x${place}`);
      return JSON.stringify({
        ...others,
        Statement: [...Statement, { Effect: "Allow", Action: more, Resource: "*" }],
      });
    },
  });
}
