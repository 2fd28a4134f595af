import type { PagePolicy, Sign } from "../page-data.js";
import { apiName, COLUMNS, COMPARES, DATA, type Person, worst } from "./model.js";
import { hashOf } from "./route.js";
import { nameOfSign } from "./sign.js";

/** A box of a drawing. */
export interface Box {
  readonly key: string;
  readonly text: string;
  /** What stands small beside it. */
  readonly note: string;
  readonly sign: Sign | "none";
  readonly href: string;
}

/** A line between two boxes. */
export interface Line {
  readonly from: string;
  readonly to: string;
  /** All of what it leads to, some of it, or what limits it. */
  readonly kind: "all" | "some" | "limits";
}

/** Who has which policies, and what they allow: three columns of boxes, and lines between them. */
export interface Graph {
  readonly columns: readonly [readonly Box[], readonly Box[], readonly Box[]];
  readonly lines: readonly Line[];
}

/** What a drawing says, for whoever hears it. */
export function description({ columns: [people, policies, apis] }: Graph): string {
  const names = (boxes: readonly Box[]) => boxes.map(({ text }) => text).join(", ");
  const between = COMPARES ? "statements" : "policies";
  return `${names(people)}; ${policies.length === 0 ? "" : `${between}: ${names(policies)}; `}${apis
    .map(
      ({ text, note, sign }) =>
        `${text}: ${sign === "none" ? "not asked" : nameOfSign(sign)}${note === "" ? "" : `, ${note}`}`,
    )
    .join("; ")}`;
}

/** What is drawn of some people. */
export function graphOf(people: readonly Person[], detail: "apis" | "groups"): Graph {
  const targetOf = (api: number) => (detail === "groups" ? `g${DATA.apis[api]?.group}` : `a${api}`);
  const policies = new Map<string, Box>();
  const lines = new Map<string, Line>();
  const signs = new Map<string, Sign[]>();
  for (const [place, person] of people.entries()) {
    for (const [target, sign] of signsByTarget(person, targetOf)) {
      const known = signs.get(target) ?? [];
      signs.set(target, known);
      known.push(sign);
    }
    // What a profile's statements allow one by one is too much for a picture of several profiles.
    const drawnPolicies = COMPARES && detail === "groups" ? [] : person.subject.policies;
    if (drawnPolicies.length === 0) {
      for (const [target, kind] of allowedByTarget(person, targetOf)) {
        lines.set(`p${place} ${target}`, { from: `p${place}`, to: target, kind });
      }
    }
    for (const policy of drawnPolicies) {
      const box = policyBox(policy, place);
      policies.set(box.key, box);
      const isLimit = policy.is === "boundary";
      lines.set(`p${place} ${box.key}`, {
        from: `p${place}`,
        to: box.key,
        kind: isLimit ? "limits" : "all",
      });
      if (!isLimit) {
        for (const [target, [allowed, of]] of sharesByTarget(person, policy, targetOf)) {
          const line = `${box.key} ${target}`;
          const isAll = allowed === of && lines.get(line)?.kind !== "some";
          if (allowed > 0) {
            lines.set(line, { from: box.key, to: target, kind: isAll ? "all" : "some" });
          }
        }
      }
    }
  }
  const [only] = people;
  return {
    columns: [
      people.map((person, place) => ({
        key: `p${place}`,
        text: person.subject.name,
        note: COMPARES ? "" : person.subject.held,
        sign: person.subject.sign,
        href: detail === "apis" ? "" : hashOf({ view: "one", id: person.id }),
      })),
      [...policies.values()],
      detail === "groups"
        ? groupBoxes(signs, people.length === 1 ? only : undefined)
        : apiBoxes(signs, only),
    ],
    lines: [...lines.values()],
  };
}

/** The worst that is said to somebody of each target. */
function signsByTarget(
  person: Person,
  targetOf: (api: number) => string,
): ReadonlyMap<string, Sign> {
  const signs = new Map<string, Sign>();
  for (const [api, sign] of person.signs) {
    const target = targetOf(api);
    signs.set(target, worst([sign, signs.get(target) ?? sign]));
  }
  return signs;
}

/** Of each target of which somebody is allowed something, whether it is all. */
function allowedByTarget(
  person: Person,
  targetOf: (api: number) => string,
): ReadonlyMap<string, "all" | "some"> {
  const kinds = new Map<string, Set<boolean>>();
  for (const [place, [api, calls]] of person.shape.entries()) {
    const kind = kinds.get(targetOf(api)) ?? new Set<boolean>();
    kinds.set(targetOf(api), kind);
    for (const call of calls.keys()) {
      kind.add(person.signOfCall(place, call) === "a");
    }
  }
  return new Map(
    [...kinds]
      .filter(([, kind]) => kind.has(true))
      .map(([target, kind]) => [target, kind.has(false) ? "some" : "all"]),
  );
}

/** A policy that several have is one box: the same name, place and share. */
function policyBox({ name, address, is, untold, share }: PagePolicy, person: number): Box {
  const own = is === "managed" || is === "" ? "" : person;
  return {
    key: `y${JSON.stringify([name, address, is, share, own])}`,
    text: name === "" ? "a policy" : name,
    note: untold === "" ? is : "not told",
    sign: untold === "" ? "none" : "u",
    href: "",
  };
}

/** Of each target, how many calls the policy allows by itself, of how many. */
function sharesByTarget(
  person: Person,
  policy: PagePolicy,
  targetOf: (api: number) => string,
): ReadonlyMap<string, readonly [number, number]> {
  const share = person.shareOf(policy);
  const counts = new Map<string, readonly [number, number]>();
  for (const [place, [api, calls]] of person.shape.entries()) {
    const target = targetOf(api);
    const [allowed, of] = counts.get(target) ?? [0, 0];
    counts.set(target, [allowed + (share[place]?.length ?? 0), of + calls.length]);
  }
  return counts;
}

/** @param only the one person that is drawn; undefined where there are several */
function groupBoxes(
  signs: ReadonlyMap<string, readonly Sign[]>,
  only: Person | undefined,
): readonly Box[] {
  return DATA.groups.flatMap((text, group) => {
    const found = signs.get(`g${group}`);
    if (found === undefined) {
      return [];
    }
    const all =
      only === undefined
        ? found
        : [...only.signs].flatMap(([api, sign]) => (DATA.apis[api]?.group === group ? [sign] : []));
    const able = all.filter((sign) => sign === "a" || sign === "t").length;
    const note = `${only === undefined ? "for " : ""}${able} of ${all.length}`;
    return [{ key: `g${group}`, text, note, sign: worst(found), href: "" }];
  });
}

function apiBoxes(
  signs: ReadonlyMap<string, readonly Sign[]>,
  person: Person | undefined,
): readonly Box[] {
  return COLUMNS.flatMap((api) => {
    const about = DATA.apis[api];
    const found = signs.get(`a${api}`);
    if (about === undefined || found === undefined) {
      return [];
    }
    const text = apiName(about);
    const href = person === undefined ? "" : hashOf({ view: "one", id: person.id, api: text });
    return [{ key: `a${api}`, text, note: "", sign: worst(found), href }];
  });
}
