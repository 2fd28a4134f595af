import type { PageApi, PageData, PagePolicy, Sign, Subject } from "../page-data.js";
import { SIGNS } from "../signs.js";
import { element } from "./elements.js";

/** What the page is drawn from. */
export const DATA = JSON.parse(document.getElementById("data")?.textContent ?? "") as PageData;

/** Whether profiles are compared. */
export const COMPARES = DATA.about === "explain";

/** What those are called that the page is about. */
export const WHO = COMPARES ? "profile" : "principal";

/** A principal or a profile, with what the lists of the page say of it. */
export class Person {
  readonly subject: Subject;
  /** What it is called in addresses: the same in the next report, where nobody renames it. */
  readonly id: string;
  #searched: string | undefined;
  #signs: ReadonlyMap<number, Sign> | undefined;

  constructor(subject: Subject, id: string) {
    this.subject = subject;
    this.id = id;
  }

  /** What is said of each API that it is asked for, by the API's place. */
  get signs(): ReadonlyMap<number, Sign> {
    const { signs = "" } = DATA.answers[this.subject.answers] ?? {};
    this.#signs ??= new Map(this.shape.map(([api], place) => [api, signs[place] as Sign]));
    return this.#signs;
  }

  get shape(): PageData["shapes"][number] {
    return DATA.shapes[this.subject.shape] ?? [];
  }

  get tasks(): PageData["answers"][number]["tasks"] {
    return DATA.answers[this.subject.answers]?.tasks ?? [];
  }

  get permissions(): PageData["profiles"][number]["permissions"] {
    return DATA.profiles[this.subject.profile]?.permissions ?? [];
  }

  get excess(): PageData["excess"][number] {
    return DATA.excess[this.subject.excess] ?? [];
  }

  /** What is said of a call of an API, by the places that both have in the shape. */
  signOfCall(api: number, call: number): Sign {
    const signs = DATA.answers[this.subject.answers]?.calls[api] ?? "";
    return (signs[call] as Sign | undefined) ?? "a";
  }

  /** Of each API of the shape, the places of the calls that one of its policies allows by itself. */
  shareOf({ share }: PagePolicy): PageData["shares"][number] {
    return DATA.shares[share] ?? [];
  }

  /** Whether all words are in what is said of it. */
  has(words: readonly string[]): boolean {
    this.#searched ??= this.#text().toLowerCase();
    const text = this.#searched;
    return words.every((word) => text.includes(word));
  }

  #text(): string {
    const { name, address, part, held, policies, findings } = this.subject;
    return [
      name,
      address,
      part,
      held,
      ...policies.map((policy) => `${policy.name} ${policy.address}`),
      ...findings.map(({ sentence }) => sentence),
      ...this.tasks.flatMap(({ lacks }) => lacks.map(({ action }) => actionName(action))),
    ].join("\n");
  }
}

/** Everybody, in the order of the page. */
export const PEOPLE: readonly Person[] = people();

function people(): readonly Person[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return DATA.subjects.map((subject) => {
    const name = subject.address === "" ? subject.name : subject.address;
    let id = name;
    for (let count = counts.get(name) ?? 1; taken.has(id); count += 1) {
      id = `${name}~${count + 1}`;
      counts.set(name, count + 1);
    }
    taken.add(id);
    return new Person(subject, id);
  });
}

/** The place of somebody in `PEOPLE`, by the id. */
export const PLACES: ReadonlyMap<string, number> = new Map(
  PEOPLE.map(({ id }, place) => [id, place]),
);

/** An action's name. */
export function actionName(place: number): string {
  return DATA.actions[place] ?? "";
}

/** An action's name as code, which breaks between words where it must. */
export function actionCode(place: number): HTMLElement {
  const parts = actionName(place).split(/(?<=[a-z0-9:])(?=[A-Z])/);
  return element(
    "code",
    { dir: "auto", class: "action" },
    ...parts.flatMap((part, number) => (number === 0 ? [part] : [element("wbr"), part])),
  );
}

/** An API in its situation. */
export function apiName({ name, situation }: PageApi): string {
  return situation === "" ? name : `${name}, ${situation}`;
}

/** Those places of APIs that stand side by side, in the order of their groups. */
export const COLUMNS: readonly number[] = DATA.apis
  .map((_api, place) => place)
  .sort((one, other) => (DATA.apis[one]?.group ?? 0) - (DATA.apis[other]?.group ?? 0));

/** The worst of some signs; "a" where there is none. */
export function worst(signs: Iterable<Sign>): Sign {
  const all = new Set(signs);
  return SIGNS.find((sign) => all.has(sign)) ?? "a";
}

/** How often each sign is among some. */
export function countSigns(signs: Iterable<Sign>): ReadonlyMap<Sign, number> {
  const counts = new Map<Sign, number>();
  for (const sign of signs) {
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return counts;
}

/** How often each is the worst of somebody. */
export const COUNTS = countSigns(PEOPLE.map(({ subject }) => subject.sign));

/** The words that are looked for. */
export function wordsOf(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** A number with its thousands apart. */
export function counted(count: number, what = ""): string {
  const number = count.toLocaleString("en-US");
  return what === "" ? number : `${number} ${what}${count === 1 ? "" : "s"}`;
}
