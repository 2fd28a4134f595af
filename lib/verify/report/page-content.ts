import type {
  Answers,
  PageApi,
  PageData,
  PageExcess,
  PageTask,
  Profile,
  Shape,
  Sign,
  Subject,
} from "../../html/page-data.js";
import { API_GROUPS, apiGroup } from "../../remotion/api-groups.js";
import { type Explanation, explainRole, explainUser } from "../../remotion/explain.js";
import type { Answer, ApiAnswer, Excess, Verification } from "../answer.js";
import type { Part } from "../part.js";
import { partName } from "../part.js";
import { widestFirst } from "./excess-order.js";
import { worstOf } from "./headline.js";
import { brief, countsOf, profileName } from "./standing-line.js";
import { nameOf, tasksOf } from "./tasks.js";

/** The lists of a page that its subjects refer to. */
type Lists = Pick<
  PageData,
  | "groups"
  | "apis"
  | "actions"
  | "conditions"
  | "shapes"
  | "answers"
  | "profiles"
  | "shares"
  | "excess"
  | "subjects"
>;

/** How many of these are told of one principal; what is cut says how many more there are. */
const MOST = { excess: 200, resources: 20, sentences: 50 };

/** Sentences about policies may quote them: nobody reads more of one. */
const LONGEST_SENTENCE = 2_000;

const SIGNS: Readonly<Record<Answer, Sign>> = {
  allowed: "a",
  tolerated: "t",
  missing: "m",
  untold: "u",
};

/** The sign of an answer. */
export function signOf(answer: Answer): Sign {
  return SIGNS[answer];
}

/** Things that are written once, by what they are told apart by. */
class List<Item> {
  readonly items: Item[] = [];
  readonly #places = new Map<unknown, number>();

  /** The place of what the key stands for, which is made where it is new. */
  placeOf(key: unknown, make: () => Item): number {
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.items.length;
      this.#places.set(key, place);
      this.items.push(make());
    }
    return place;
  }
}

/** Makes of verifications what a page is drawn from, with all that many share written once. */
export class PageContent {
  readonly #apis = new List<PageApi>();
  readonly #actions = new List<string>();
  readonly #conditions = new List<string>();
  readonly #shapes = new List<Shape>();
  readonly #answers = new List<Answers>();
  readonly #profiles = new List<Profile>();
  readonly #shares = new List<readonly (readonly number[])[]>();
  readonly #excess = new List<readonly PageExcess[]>();
  readonly #shapeOf = new WeakMap<Verification["apis"], number>();
  readonly #subjects: Subject[] = [];
  readonly #explain: (part: Part) => readonly Explanation[];

  /** @param explain what the statements of a part's profile are for @default those of the newest release */
  constructor(explain: (part: Part) => readonly Explanation[] = explainPart) {
    this.#explain = explain;
  }

  /** @param given what is said of it in other words */
  add(verification: Verification, given: Partial<Subject> = {}): void {
    const { part, apis, excess, shares = [] } = verification;
    const { working, of, missing, untold, warned } = countsOf(verification);
    const sorted = excess.length === 0 ? excess : widestFirst(excess);
    const told = sorted.slice(0, MOST.excess).map(excessOf);
    this.#subjects.push({
      name: brief(verification.principal),
      address: brief(verification.address),
      part: partName(part),
      held: part.grantsAlone ? profileName(verification) : part.profile,
      able: verification.standing === "able",
      reasons: sentences(verification.reasons),
      checked: checkedPlaces(verification),
      sign: signOf(worstOf(verification)),
      counts: [working, of, missing, untold, warned],
      shape: this.#shape(apis),
      answers: this.#answers.placeOf(apis, () => this.#answersOf(apis)),
      profile: this.#profile(part),
      policies: shares.map(({ name, address, is = "", untold: cause = "", allows }) => ({
        name: brief(name),
        address: brief(address),
        is,
        untold: sentence(cause),
        share: this.#shares.placeOf(JSON.stringify(allows), () => allows),
      })),
      findings: verification.findings.map(({ answer, sentence: found, give = "" }) => ({
        sign: signOf(answer),
        sentence: sentence(found),
        give: sentence(give),
      })),
      excess: this.#excess.placeOf(keyOf(told), () => told),
      furtherExcess: excess.length - told.length,
      forbidden: verification.forbidden.slice(0, MOST.excess).map(excessOf),
      notes: sentences(verification.notes),
      accepted: [],
      ...given,
    });
  }

  /** All of it. */
  lists(): Lists {
    return {
      groups: API_GROUPS,
      apis: this.#apis.items,
      actions: this.#actions.items,
      conditions: this.#conditions.items,
      shapes: this.#shapes.items,
      answers: this.#answers.items,
      profiles: this.#profiles.items,
      shares: this.#shares.items,
      excess: this.#excess.items,
      subjects: this.#subjects,
    };
  }

  #shape(apis: Verification["apis"]): number {
    const known = this.#shapeOf.get(apis);
    if (known !== undefined) {
      return known;
    }
    const shape: Shape = apis.map((api) => [
      this.#api(api),
      api.calls.map(({ action, when }) => [
        this.#action(action),
        when === undefined ? -1 : this.#conditions.placeOf(when, () => when),
      ]),
    ]);
    const place = this.#shapes.placeOf(JSON.stringify(shape), () => shape);
    this.#shapeOf.set(apis, place);
    return place;
  }

  #api(api: ApiAnswer): number {
    const situation = api.situation === "any" ? "" : api.situation;
    return this.#apis.placeOf(nameOf(api), () => ({
      name: brief(api.api),
      situation: brief(situation),
      group: API_GROUPS.indexOf(apiGroup(api.api)),
    }));
  }

  #action(action: string): number {
    return this.#actions.placeOf(action, () => brief(action));
  }

  #answersOf(apis: Verification["apis"]): Answers {
    const byName = new Map(apis.map((api) => [nameOf(api), api]));
    const placesOf = (names: readonly string[]) =>
      names.flatMap((name) => {
        const api = byName.get(name);
        return api === undefined ? [] : [this.#api(api)];
      });
    return {
      signs: apis.map(({ answer }) => signOf(answer)).join(""),
      calls: apis.map(({ answer, calls }) =>
        answer === "allowed" ? "" : calls.map((call) => signOf(call.answer)).join(""),
      ),
      tasks: tasksOf(apis).map(
        ({ answer, what, security = false, lacks }): PageTask => ({
          sign: signOf(answer),
          what: sentence(what),
          security,
          lacks: lacks.map((lack) => ({
            action: this.#action(lack.action),
            resources: lack.resources.slice(0, MOST.resources).map(brief),
            further: Math.max(0, lack.resources.length - MOST.resources),
            because: sentence(lack.because),
            where: (lack.where ?? []).map(brief),
            apis: placesOf(lack.apis),
            when: lack.when,
          })),
        }),
      ),
    };
  }

  #profile(part: Part): number {
    const { actor, profile } = part;
    return this.#profiles.placeOf(`${actor} ${profile}`, () => ({
      name: profile,
      permissions: this.#explain(part).map(
        ({ sid, actions, scope, reason, neededBy, option = "" }) => ({
          sid,
          actions: actions.map((action) => this.#action(action)),
          scope,
          reason,
          neededBy,
          option,
        }),
      ),
    }));
  }
}

function explainPart(part: Part): readonly Explanation[] {
  return part.actor === "user" ? explainUser(part.profile) : explainRole(part.profile);
}

/** V8 tells longer texts apart by their length alone, so that a map of them is as slow as a list. */
const MAX_KEY_LENGTH = 16_000;

/** Lists that are the same have the same key, unless it would be a long one. */
function keyOf(list: readonly PageExcess[]): unknown {
  const text = JSON.stringify(list);
  return text.length > MAX_KEY_LENGTH ? list : text;
}

function excessOf({ policy, action, resource }: Excess): PageExcess {
  return { policy: brief(policy), action: brief(action), resource: brief(resource) };
}

function checkedPlaces({ checkedIn }: Verification): readonly string[] {
  const { account, regions, buckets, functions, narrowed } = checkedIn;
  const names = { account: [account], region: regions, bucket: buckets, function: functions };
  return narrowed.flatMap((dimension) =>
    names[dimension].slice(0, MOST.resources).map((name) => `${dimension} ${brief(name)}`),
  );
}

/** Sentences, as many as anybody reads. */
export function sentences(texts: readonly string[]): readonly string[] {
  const further = texts.length - MOST.sentences;
  return [
    ...texts.slice(0, MOST.sentences).map(sentence),
    ...(further > 0 ? [`And ${further} more, which --format json tells.`] : []),
  ];
}

/** A sentence, cut where it is longer than anybody reads. */
export function sentence(text: string): string {
  return text.length > LONGEST_SENTENCE ? `${text.slice(0, LONGEST_SENTENCE)}…` : text;
}
