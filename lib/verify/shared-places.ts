import {
  type Answer,
  type ApiAnswer,
  type CheckedIn,
  type Dimension,
  type Finding,
  works,
  worse,
} from "./answer.js";
import { listed } from "./listed.js";

/** What user and role are to share, beside the account. */
type PlaceDimension = Exclude<Dimension, "account">;

/** Somebody of Remotion's, who can be asked elsewhere than where the file says. */
export interface Placed {
  readonly checkedIn: CheckedIn;
  /** What is said of all its APIs where it is checked. */
  readonly apis: () => readonly ApiAnswer[];
  /** The same in one region, with one bucket or function in place of those that it is checked with. */
  readonly apisIn: (dimension: PlaceDimension, name: string) => readonly ApiAnswer[];
}

/** Where both must be the same: the function that a user calls runs as the role, and writes to the bucket. */
const PLACES = [
  { dimension: "region", of: ({ regions }: CheckedIn) => regions, plural: "regions" },
  { dimension: "bucket", of: ({ buckets }: CheckedIn) => buckets, plural: "buckets" },
  { dimension: "function", of: ({ functions }: CheckedIn) => functions, plural: "functions" },
] as const satisfies readonly {
  dimension: PlaceDimension;
  of: (checked: CheckedIn) => readonly string[];
  plural: string;
}[];

/** Whether two can do their parts in one place. */
interface Shared {
  readonly answer: Answer;
  /** What to give. Of what is untold. */
  readonly give: string;
}

const YES: Shared = { answer: "allowed", give: "" };
const NO: Shared = { answer: "missing", give: "" };

/**
 * What a user or caller shares with no role of Remotion's functions: each may do its part, and together
 * nothing is rendered. Where one of both is narrowed, the other is asked there, for what it may do elsewhere.
 *
 * @param roles those that are meant for Remotion
 */
export function nothingShared(user: Placed, roles: readonly Placed[]): Finding[] {
  return PLACES.flatMap(({ dimension, of, plural }): Finding[] => {
    const isNarrowed = ({ checkedIn }: Placed) => checkedIn.narrowed.includes(dimension);
    const sharedWith = (role: Placed): Shared => {
      if (isNarrowed(user) && isNarrowed(role)) {
        const ofUser = new Set(of(user.checkedIn));
        return of(role.checkedIn).some((name) => ofUser.has(name)) ? YES : NO;
      }
      if (!isNarrowed(user) && !isNarrowed(role)) {
        return YES;
      }
      const [narrowed, other] = isNarrowed(user) ? [user, role] : [role, user];
      return bestOf(of(narrowed.checkedIn), (name) => kept(other, dimension, name));
    };
    const { answer, give } = roles.length === 0 ? YES : bestOf(roles, sharedWith);
    if (answer !== "missing" && answer !== "untold") {
      return [];
    }
    const ofUser = `the ${plural} ${listed(of(user.checkedIn))}`;
    const ofRoles = listed([...new Set(roles.flatMap(({ checkedIn }) => of(checkedIn)))]);
    const areApart = isNarrowed(user) && roles.every(isNarrowed);
    const where = isNarrowed(user)
      ? `it is narrowed to ${ofUser}, where the role of Remotion's functions`
      : `the role of Remotion's functions is narrowed to the ${plural} ${ofRoles}, where this caller`;
    if (answer === "untold") {
      return [{ answer, sentence: `${where} may lack what it has elsewhere`, give }];
    }
    return [
      {
        answer,
        sentence: areApart
          ? `it is narrowed to ${ofUser}, and the role of Remotion's functions to ${ofRoles}: nothing is rendered in either`
          : `${where} lacks what it has elsewhere: nothing is rendered there`,
      },
    ];
  });
}

/** The best of some; the first that is good enough ends the search. */
function bestOf<T>(all: readonly T[], sharedOf: (one: T) => Shared): Shared {
  let best = NO;
  for (const one of all) {
    const shared = sharedOf(one);
    if (worse(best.answer, shared.answer) === best.answer) {
      best = shared;
    }
    if (best.answer === "allowed") {
      return best;
    }
  }
  return best;
}

/** Whether somebody can do in a place what it can where it is checked. */
function kept(who: Placed, dimension: PlaceDimension, name: string): Shared {
  const working = new Set(who.apis().filter(works).map(nameOf));
  const lost = who.apisIn(dimension, name).filter((api) => working.has(nameOf(api)) && !works(api));
  if (lost.length === 0) {
    return YES;
  }
  const give = lost.flatMap(({ calls }) => calls.flatMap((call) => call.give ?? []));
  return {
    answer: lost.map(({ answer }) => answer).reduce<Answer>(worse, "allowed"),
    give: [...new Set(give)].join(", "),
  };
}

function nameOf({ api, situation }: ApiAnswer): string {
  return `${api} ${situation}`;
}
