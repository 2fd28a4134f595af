import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";

/** What a principal is to Remotion, and how much of Remotion it is for. */
export type Part = UserPart | RolePart;

/** A user or a caller: whoever deploys, or starts renders. */
interface UserPart {
  readonly actor: "user";
  readonly profile: UserProfile;
  /** Only grants to output buckets: a policy beside the one of the profile. @default false */
  readonly grantsAlone?: true;
}

/** The role that Remotion's functions run as. */
interface RolePart {
  readonly actor: "role";
  readonly profile: RoleProfile;
  /** Only grants to output buckets: a policy beside the one of the profile. @default false */
  readonly grantsAlone?: true;
}

/** The profiles of each, the widest first: where two are as near, the wider one counts. */
const PROFILES = {
  user: ["full", "deploy", "render"],
  role: ["full", "minimal"],
} as const satisfies Record<Part["actor"], readonly string[]>;

/** All parts of an actor, the widest first. */
export function partsOf(actor: Part["actor"]): readonly Part[] {
  return actor === "user"
    ? PROFILES.user.map((profile) => ({ actor, profile }))
    : PROFILES.role.map((profile) => ({ actor, profile }));
}

/** What a part is called. */
export function partName({ actor }: Part): string {
  return actor === "user" ? "a user or caller" : "the role of Remotion's functions";
}
