import type { PageData, Subject } from "./page-data.js";
import { glyphOf, signName } from "./signs.js";

/** How many principals are told where no script runs. */
const MOST = 200;

/**
 * What can be read without a script: what it comes to, and everybody with their counts.
 *
 * @param text makes HTML of a text
 */
export function summaryHtml(data: PageData, text: (one: string) => string): string {
  const { about, sign, title, source, remarks, subjects, tool, version, remotion } = data;
  const further = subjects.length - MOST;
  return [
    '<header id="top">',
    `<p class="made">${text(`${tool} ${version}`)} <span>Remotion ${text(remotion)}</span></p>`,
    `<h1>${about === "explain" ? "" : `<span class="sign ${sign}" aria-hidden="true">${glyphOf(about, sign)}</span> `}${text(title)}</h1>`,
    `<p class="source"><bdi>${text(source)}</bdi></p>`,
    `<ul class="remarks">${remarks.map((remark) => `<li>${text(remark)}</li>`).join("")}</ul>`,
    "</header>",
    '<main id="main">',
    '<div class="scroll" role="region" aria-label="Summary" tabindex="0">',
    `<table><caption>${about === "explain" ? "Profiles" : "Principals"}</caption>`,
    `<thead><tr><th scope="col">Name</th><th scope="col">Part</th><th scope="col">Profile</th><th scope="col">Answer</th><th scope="col">Works</th><th scope="col">${about === "explain" ? "Left out" : "Missing"}</th><th scope="col">Untold</th></tr></thead>`,
    `<tbody>${subjects
      .slice(0, MOST)
      .map((subject) => row(subject, about, text))
      .join("")}</tbody></table>`,
    "</div>",
    ...(further > 0 ? [`<p>${further} more are told by the script of this page.</p>`] : []),
    "<noscript><p>What everybody may do in detail takes JavaScript, which asks nothing of any other place.</p></noscript>",
    "</main>",
  ].join("");
}

function row(
  { name, address, part, held, sign, counts: [working, of, missing, untold] }: Subject,
  about: PageData["about"],
  text: (one: string) => string,
): string {
  const where = address === "" ? "" : ` <small><bdi>${text(address)}</bdi></small>`;
  return `<tr><th scope="row"><bdi>${text(name)}</bdi>${where}</th><td>${text(part)}</td><td>${text(held)}</td><td>${glyphOf(about, sign)} ${signName(about, sign)}</td><td>${working} of ${of}</td><td>${missing}</td><td>${untold}</td></tr>`;
}
