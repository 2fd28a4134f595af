import type { PageLack, Sign } from "../page-data.js";
import { type Content, element, foreign, foreignList } from "./elements.js";
import { actionCode, apiName, COMPARES, DATA, type Person } from "./model.js";
import { section } from "./sections.js";
import { badge } from "./sign.js";

const BEFORE: Readonly<Record<Sign, string>> = {
  m: "Module input: ",
  u: "Give: ",
  t: "Remotion goes on: ",
  a: "",
};

/** What is to be done; of a profile, what it leaves out. */
export function toDo(person: Person): readonly HTMLElement[] {
  const { findings } = person.subject;
  const { tasks } = person;
  if (findings.length + tasks.length === 0) {
    return [];
  }
  const found = findings.map(({ sign, sentence, give }) =>
    element(
      "li",
      { class: `task ${sign}` },
      badge(sign),
      element("p", {}, foreign(sentence)),
      ...(give === "" ? [] : [element("p", { class: "what" }, "Give: ", foreign(give, "code"))]),
    ),
  );
  const others = tasks.map(({ sign, what, security, lacks }) =>
    element(
      "li",
      { class: `task ${sign}` },
      badge(sign),
      ...(what === "" || (COMPARES && sign !== "t")
        ? []
        : [
            element(
              "p",
              { class: "what" },
              security ? "Security: " : BEFORE[sign],
              sign === "t" ? foreign(what) : foreign(what, "code"),
            ),
          ]),
      element("ul", { class: "lacks" }, ...alike(lacks).map(lackElement)),
    ),
  );
  return [
    section(
      COMPARES ? "What it leaves out" : "What to do",
      element("ul", { class: "tasks" }, ...found, ...others),
    ),
  ];
}

function apiNames(places: readonly number[]): readonly string[] {
  return places.flatMap((place) => {
    const api = DATA.apis[place];
    return api === undefined ? [] : [apiName(api)];
  });
}

/** Those that lack the same for the same APIs, together. */
function alike(lacks: readonly PageLack[]): readonly (readonly [PageLack, ...PageLack[]])[] {
  const groups = new Map<string, [PageLack, ...PageLack[]]>();
  for (const lack of lacks) {
    const { action: _action, ...others } = lack;
    const key = JSON.stringify(others);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [lack]);
    } else {
      group.push(lack);
    }
  }
  return [...groups.values()];
}

function lackElement(group: readonly [PageLack, ...PageLack[]]): HTMLElement {
  const [{ resources, further, because, where, apis, when }] = group;
  const more = resources.length + further - MOST_RESOURCES;
  return element(
    "li",
    {},
    ...group.flatMap(({ action }, place): Content[] => [
      ...(place === 0 ? [] : [", "]),
      actionCode(action),
    ]),
    " on ",
    ...foreignList(resources.slice(0, MOST_RESOURCES), { name: "code" }),
    ...(more > 0 ? [` and ${more} more`] : []),
    element(
      "p",
      { class: "quiet" },
      ...(because === "" || COMPARES
        ? []
        : [
            foreign(because),
            ...(where.length === 0 ? [] : [", in ", ...foreignList(where)]),
            ". ",
          ]),
      "For ",
      ...foreignList(apiNames(apis), { separator: "; " }),
      ".",
      ...(when.length === 0 ? [] : [` Needed when: ${when.join(" ")}`]),
    ),
  );
}

/** How many resources of a lack are named. */
const MOST_RESOURCES = 3;
