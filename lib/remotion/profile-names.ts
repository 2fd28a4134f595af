/**
 * What a user, or a caller without long-term keys, may do.
 *
 * - `full`: Remotion's own policy
 * - `render`: start, watch, cancel, presign and download renders, large props included
 * - `deploy`: functions, sites, buckets and quotas
 */
export const USER_PROFILES = ["full", "render", "deploy"] as const;

/**
 * What the role that Remotion's functions run as may do.
 *
 * - `full`: Remotion's own policy
 * - `minimal`: renders that are started with a bucket's name, as the client does
 */
export const ROLE_PROFILES = ["full", "minimal"] as const;

/** What a user may do. */
export type UserProfile = (typeof USER_PROFILES)[number];

/** What the role of the functions may do. */
export type RoleProfile = (typeof ROLE_PROFILES)[number];
