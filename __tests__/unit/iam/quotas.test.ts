import { describe, expect, it } from "vitest";
import { policyDocument } from "../../../lib/iam/policy-document.js";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";

const DOCUMENT = policyDocument([
  { Sid: "A", Effect: "Allow", Action: ["s3:PutObject"], Resource: ["arn:aws:s3:::b/*"] },
]);

describe("QUOTAS", () => {
  it("are AWS's", () => {
    expect(QUOTAS).toEqual({
      inlinePoliciesOfUser: 2048,
      inlinePoliciesOfRole: 10_240,
      managedPolicy: 6144,
      managedPoliciesOfRole: 10,
      raisedManagedPoliciesOfRole: 25,
      trustPolicy: 2048,
      raisedTrustPolicy: 8192,
      accessKeysOfUser: 2,
      tags: 50,
    });
  });
});

describe("policySize", () => {
  const compact = JSON.stringify(DOCUMENT);

  it.each([
    { form: "the document", policy: DOCUMENT },
    { form: "its compact text", policy: compact },
    { form: "its indented text", policy: JSON.stringify(DOCUMENT, null, 2) },
    { form: "its text with tabs and line breaks", policy: `\t${compact}\r\n` },
  ])("counts the characters of $form without white space", ({ policy }) => {
    expect(policySize(policy)).toBe(compact.length);
  });

  it("counts what is not ASCII, or is for a page in HTML, as Terraform writes it", () => {
    expect(policySize({ Sid: "R&D" })).toBe('{"Sid":"R\\u0026D"}'.length);
    expect(policySize({ Sid: "<a>" })).toBe('{"Sid":"\\u003ca\\u003e"}'.length);
    expect(policySize({ Sid: "vidéos" })).toBe('{"Sid":"vidéos"}'.length);
    expect(policySize({ Sid: "a b" })).toBe('{"Sid":"a b"}'.length);
  });

  it("leaves out white space inside strings of a text, as IAM does", () => {
    expect(policySize('{"Sid":"a b"}')).toBe('{"Sid":"ab"}'.length);
  });
});
