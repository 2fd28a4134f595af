import { htmlPage } from "../../html/page.js";
import { REMOTION_VERSION } from "../../remotion/release.js";
import type { Verification } from "../answer.js";
import { headlineOf, summary, worstFirst } from "./headline.js";
import { notLookedAtLine } from "./not-looked-at.js";
import { PageContent, sentence, sentences, signOf } from "./page-content.js";
import { printable } from "./printable.js";
import { type Report, TOOL } from "./report.js";
import { brief } from "./standing-line.js";

/** How many names of those who have nothing to do with Remotion are told. */
const MOST_BYSTANDERS = 1_000;

/** What was found, as a page that stands alone: nothing of it is asked of any other place. */
export function htmlReport(report: Report): string {
  const { file, reading, outcome, version, remotion = REMOTION_VERSION } = report;
  const { verified, bystanders, incomplete, notLookedAt } = reading;
  const meant = verified.filter(({ standing }) => standing === "meant");
  const { answer, text } = headlineOf(outcome, meant);
  const content = new PageContent();
  for (const one of worstFirst(verified)) {
    content.add(one, { accepted: acceptedOf(one, report) });
  }
  return htmlPage(
    {
      about: "verify",
      tool: TOOL,
      version,
      remotion,
      title: text,
      source: brief(file),
      sign: signOf(answer),
      remarks: [
        summary(verified, bystanders.length),
        ...(incomplete === undefined ? [] : [sentence(incomplete)]),
        ...sentences(outcome.reasons),
        ...(notLookedAt.length === 0 ? [] : [notLookedAtLine(notLookedAt)]),
      ],
      ...content.lists(),
      bystanders: bystanders.slice(0, MOST_BYSTANDERS).map(brief),
      furtherBystanders: Math.max(0, bystanders.length - MOST_BYSTANDERS),
    },
    printable,
  );
}

/** What somebody lives with for a time, of one principal. */
function acceptedOf(verification: Verification, { accepted }: Report): readonly string[] {
  if (accepted.isEmpty) {
    return [];
  }
  const found = [
    ...verification.apis.flatMap(({ answer, calls }) =>
      answer === "allowed" ? [] : calls.filter((call) => call.answer !== "allowed"),
    ),
    ...verification.excess,
    ...verification.forbidden,
  ];
  const lines = found.flatMap((thing) => {
    const by = accepted.find(verification, thing);
    return by === undefined
      ? []
      : [`${thing.action} on ${brief(thing.resource)}, until ${by.until}: ${by.reason}`];
  });
  return [...new Set(lines)].map(sentence);
}
