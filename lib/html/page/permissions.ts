import type { Permission, Sign } from "../page-data.js";
import { element, foreignList } from "./elements.js";
import { actionCode, COMPARES, counted, DATA, type Person, worst } from "./model.js";
import type { Route } from "./route.js";
import { headed, section } from "./sections.js";
import { signElement } from "./sign.js";

/** Every permission of the profile, with its reason. */
export function permissions(person: Person, { only }: Route): HTMLElement {
  const answers = new Answers(person);
  const rows = person.permissions
    .filter(({ option }) => COMPARES || option === "")
    .flatMap((permission) => {
      const told = permission.actions
        .map((action) => [action, answers.ofAction(action, permission)] as const)
        .filter(([, sign]) => only.size === 0 || (sign !== undefined && only.has(sign)));
      return told.length === 0 ? [] : [permissionRow(permission, told, answers)];
    });
  return section(
    "Every permission, and why",
    ...(rows.length === 0
      ? [element("p", { class: "quiet" }, "None with such an answer.")]
      : [
          headed(
            "Every permission, and why",
            ["Permissions", "Scope", "Reason", "Needed by", ...(COMPARES ? [] : ["Given by"])],
            rows,
          ),
        ]),
  );
}

function permissionRow(
  permission: Permission,
  told: readonly (readonly [action: number, sign: Sign | undefined])[],
  answers: Answers,
): HTMLElement {
  const { sid, scope, reason, neededBy, option } = permission;
  const given = answers.givenBy(told.map(([action]) => action));
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      element(
        "ul",
        { class: "actions" },
        ...told.map(([action, sign]) =>
          element(
            "li",
            {},
            sign === undefined
              ? element("span", { class: "sign none", title: "not asked" }, "·")
              : signElement(sign),
            " ",
            actionCode(action),
          ),
        ),
      ),
    ),
    element(
      "td",
      {},
      scope,
      element("small", { class: "sid" }, `Sid ${sid}${option === "" ? "" : `, with ${option}`}`),
    ),
    element("td", {}, reason),
    element("td", {}, folded(neededBy)),
    ...(COMPARES
      ? []
      : [element("td", {}, ...(given.length === 0 ? ["no policy"] : foreignList(given)))]),
  );
}

/** A list that is folded where it is long. */
function folded(names: readonly string[]): HTMLElement {
  const listed = element("ul", { class: "plain" }, ...names.map((name) => element("li", {}, name)));
  return names.length <= 3
    ? listed
    : element("details", {}, element("summary", {}, counted(names.length, "API")), listed);
}

/** What is said of the actions of somebody's profile. */
class Answers {
  readonly #person: Person;
  readonly #given = new Map<number, Set<string>>();

  constructor(person: Person) {
    this.#person = person;
    for (const policy of person.subject.policies) {
      if (policy.is !== "boundary") {
        for (const [api, calls] of person.shareOf(policy).entries()) {
          for (const call of calls) {
            const action = person.shape[api]?.[1][call]?.[0];
            if (action !== undefined) {
              this.#given.set(action, (this.#given.get(action) ?? new Set()).add(policy.name));
            }
          }
        }
      }
    }
  }

  /** The worst of the calls that a statement is there for; undefined where nobody asks for one. */
  ofAction(action: number, { neededBy }: Permission): Sign | undefined {
    const signs = this.#person.shape.flatMap(([api, calls], place) =>
      neededBy.includes(DATA.apis[api]?.name ?? "")
        ? calls.flatMap(([other], call) =>
            other === action ? [this.#person.signOfCall(place, call)] : [],
          )
        : [],
    );
    return signs.length === 0 ? undefined : worst(signs);
  }

  /** The policies that allow one of some actions. */
  givenBy(actions: readonly number[]): readonly string[] {
    return [...new Set(actions.flatMap((action) => [...(this.#given.get(action) ?? [])]))];
  }
}
