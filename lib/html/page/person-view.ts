import { drawing } from "./drawing.js";
import { element, foreign } from "./elements.js";
import {
  actionCode,
  apiName,
  COMPARES,
  counted,
  countSigns,
  DATA,
  type Person,
  WHO,
} from "./model.js";
import { permissions } from "./permissions.js";
import { hashOf, type Route } from "./route.js";
import { headed, section } from "./sections.js";
import { signElement } from "./sign.js";
import { toDo } from "./to-do.js";
import type { Shown } from "./view.js";

/** All that is said of one principal or profile. */
export function personView(person: Person, route: Route, people: readonly Person[]): Shown {
  const { name, address, part, held, sign, reasons, checked, able, counts } = person.subject;
  const [working, of] = counts;
  const place = people.indexOf(person);
  const content = element(
    "article",
    { class: "view one" },
    element(
      "p",
      { class: "crumbs" },
      element("a", { href: hashOf({ ...route, view: "list" }) }, `← All ${WHO}s`),
      ...neighbours(people, place, route),
    ),
    element("h2", { class: "who", tabindex: -1 }, signElement(sign), " ", foreign(name)),
    ...(address === "" ? [] : [element("p", { class: "address" }, foreign(address))]),
    element(
      "ul",
      { class: "facts" },
      ...[
        COMPARES ? `the profile ${name} for ${part}` : `${part}, held to ${held}`,
        `${working} of ${of} work`,
        ...checked,
        ...(able ? ["fails nothing: nothing says that it is there for Remotion"] : []),
      ].map((text) => element("li", {}, foreign(text))),
    ),
    ...toDo(person),
    section(
      COMPARES ? "Statements, and what works by them" : "Policies, and what they allow",
      drawing([person], "apis"),
    ),
    permissions(person, route),
    apis(person, route),
    ...excess(person),
    ...sentences("Why it has this part", reasons),
    ...sentences("Accepted for now", person.subject.accepted),
    ...sentences("Good to know", person.subject.notes),
  );
  return {
    content,
    count: people.length,
    counts: countSigns(person.signs.values()),
    shown: () => reveal(content, route),
  };
}

/** Opens what the address names. */
function reveal(content: HTMLElement, { api }: Route): void {
  const heading = content.querySelector<HTMLElement>("h2.who");
  const folded =
    api === ""
      ? undefined
      : [...content.querySelectorAll("details")].find(({ dataset }) => dataset["api"] === api);
  if (folded === undefined) {
    heading?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
    return;
  }
  folded.open = true;
  folded.scrollIntoView({ block: "center" });
  folded.querySelector("summary")?.focus({ preventScroll: true });
}

function neighbours(
  people: readonly Person[],
  place: number,
  route: Route,
): readonly HTMLElement[] {
  const linkTo = (other: Person | undefined, text: string) =>
    other === undefined || place === -1
      ? []
      : [element("a", { href: hashOf({ ...route, view: "one", id: other.id, api: "" }) }, text)];
  return [...linkTo(people[place - 1], "Previous"), ...linkTo(people[place + 1], "Next")];
}

/** Every API with its calls. */
function apis(person: Person, { only, api: opened }: Route): HTMLElement {
  const groups = new Map<number, HTMLElement[]>();
  for (const [place, [api, calls]] of person.shape.entries()) {
    const about = DATA.apis[api];
    const sign = person.signs.get(api);
    if (about === undefined || sign === undefined) {
      continue;
    }
    const name = apiName(about);
    if (only.size > 0 && !only.has(sign) && name !== opened) {
      continue;
    }
    const items = groups.get(about.group) ?? [];
    groups.set(about.group, items);
    items.push(
      element(
        "details",
        { class: "api", "data-api": name },
        element("summary", {}, signElement(sign), " ", foreign(name)),
        element(
          "ul",
          { class: "calls" },
          ...calls.map(([action, condition], call) =>
            element(
              "li",
              {},
              signElement(person.signOfCall(place, call)),
              " ",
              actionCode(action),
              ...(condition === -1
                ? []
                : [element("span", { class: "quiet" }, ` ${DATA.conditions[condition] ?? ""}`)]),
            ),
          ),
        ),
      ),
    );
  }
  return section(
    "Remotion’s APIs, and what they call",
    ...(groups.size === 0
      ? [element("p", { class: "quiet" }, "None with such an answer.")]
      : [
          element(
            "div",
            { class: "groups" },
            ...Array.from(groups, ([group, items]) =>
              element("div", {}, element("h4", {}, DATA.groups[group] ?? ""), ...items),
            ),
          ),
        ]),
  );
}

function excess(person: Person): readonly HTMLElement[] {
  const { forbidden, furtherExcess } = person.subject;
  const tableOf = (title: string, found: Person["excess"], further: number) =>
    found.length === 0
      ? []
      : [
          section(
            title,
            headed(
              title,
              ["Permission", "Resource", "Policy"],
              found.map(({ policy, action, resource }) =>
                element(
                  "tr",
                  {},
                  element("th", { scope: "row" }, foreign(action, "code")),
                  element("td", {}, foreign(resource, "code")),
                  element("td", {}, foreign(policy)),
                ),
              ),
            ),
            ...(further > 0
              ? [
                  element(
                    "p",
                    { class: "quiet" },
                    `And ${counted(further)} more, which --format json tells.`,
                  ),
                ]
              : []),
          ),
        ];
  return [
    ...tableOf("What nobody is to have", forbidden, 0),
    ...tableOf("In excess of the profile", person.excess, furtherExcess),
  ];
}

function sentences(title: string, texts: readonly string[]): readonly HTMLElement[] {
  return texts.length === 0
    ? []
    : [
        section(
          title,
          element(
            "ul",
            { class: "sentences" },
            ...texts.map((text) => element("li", {}, foreign(text))),
          ),
        ),
      ];
}
