import { REMOTION_VERSION } from "../../../../lib/remotion/release.js";
import { KEY_TABLE, type KeyAnswer, type KeyFact } from "../../../../lib/remotion/request-keys.js";

const INTRODUCTION = `# Condition keys of Remotion's requests

A policy may say under which condition it allows or denies: \`aws:RequestedRegion\` is \`eu-central-1\`, \`s3:x-amz-acl\`
is \`private\`. \`verify\` asks such policies with the keys that AWS sets on the requests that Remotion Lambda makes, as
recorded with Remotion ${REMOTION_VERSION}. These are all keys that AWS lists for them, and how each is known. Where
Remotion has an option, what it sends by default counts.

This page is written from \`lib/remotion/request-keys.json\` by \`npx vitest run -u __tests__/unit/remotion/request-keys-page.test.ts\`.`;

const SECTIONS: readonly { readonly answers: readonly KeyAnswer[]; readonly text: string }[] = [
  {
    answers: ["value"],
    text: `## With a value

Worked out from the request. A request for which no value is named does not have the key.`,
  },
  {
    answers: ["principal"],
    text: `## From the principal

From the ARN of the user or role in the file, and untold where that is known only after the apply.`,
  },
  {
    answers: ["session", "untold"],
    text: `## Untold

Nobody can tell them from a file: where a condition on one of them decides, the answer is untold, and names who decides.`,
  },
  {
    answers: ["absent"],
    text: `## Never there

AWS knows these keys for such requests, or for all services, but no request of Remotion's has them. Conditions on them
are decided as AWS does: \`StringEquals\` fails, \`StringEqualsIfExists\` and \`StringNotEquals\` hold, and so does \`Null\`
with \`true\`.`,
  },
];

/** The page about the condition keys, in Markdown. */
export function requestKeysPage(): string {
  const sections = SECTIONS.map(({ answers, text }) => {
    const rows = grouped(KEY_TABLE.filter(({ answer }) => answers.includes(answer))).map(row);
    return [
      text,
      "",
      "| key | how it is known | AWS's page |",
      "| --- | --- | --- |",
      ...rows,
    ].join("\n");
  });
  return `${[INTRODUCTION, ...sections].join("\n\n")}\n`;
}

/** Keys of which the same is said, in one row. */
function grouped(facts: readonly KeyFact[]): readonly (readonly KeyFact[])[] {
  const groups = new Map<string, KeyFact[]>();
  for (const fact of facts) {
    const { known, on = [], page } = fact;
    const name = JSON.stringify([known, on, page.replace(/#.*$/, "")]);
    groups.set(name, [...(groups.get(name) ?? []), fact]);
  }
  return [...groups.values()];
}

function row(facts: readonly KeyFact[]): string {
  const [first] = facts;
  const keys = facts.map(({ key }) => `\`${key}\``).join("<br>");
  const pages = facts.map(({ page }) => page);
  const [page = ""] = pages.every((one) => one === pages[0])
    ? pages
    : [pages[0]?.replace(/#.*$/, "")];
  return `| ${keys} | ${first?.known ?? ""}${requestsOf(first)} | [${titleOf(page)}](${page}) |`;
}

function requestsOf(fact: KeyFact | undefined): string {
  return fact?.on === undefined || fact.answer === "value"
    ? ""
    : ` On ${fact.on.map((action) => `\`${action}\``).join(", ")}.`;
}

/** The manual that a page is in. */
const MANUALS: readonly (readonly [part: string, title: string])[] = [
  ["/reference_policies_iam-condition-keys", "IAM and STS keys"],
  ["/reference_policies_condition-keys", "global keys"],
  ["/service-authorization/", "service reference"],
  ["/AmazonS3/latest/API/", "S3 signatures"],
  ["/AmazonS3/", "S3 user guide"],
  ["/lambda/", "Lambda developer guide"],
  ["/kms/", "KMS developer guide"],
];

function titleOf(page: string): string {
  return MANUALS.find(([part]) => page.includes(part))?.[1] ?? page;
}
