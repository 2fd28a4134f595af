/** Whose policy can be printed and explained. */
export const PRINCIPALS = ["user", "role", "execution-role"] as const;

/** Whose policy can be printed: those, and of whoever applies the modules. */
export const POLICY_PRINCIPALS = [...PRINCIPALS, "deployer"] as const;

/** What is done with a module. */
export const PHASES = ["plan", "apply"] as const;

/** Every profile: `render` and `deploy` are of users and callers, `minimal` of the functions' role. */
export const ALL_PROFILES = ["full", "render", "deploy", "minimal"] as const;

/** How an explanation can be written. */
export const EXPLAIN_FORMATS = ["table", "markdown", "html", "json"] as const;

/** Where the policy of a user or a role can be. */
export const POLICY_PLACES = ["inline", "managed"] as const;

/** Terraform's two syntaxes. */
export const ADOPTION_FORMATS = ["hcl", "json"] as const;

/** Shells that the command line is completed in. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** One of them. */
export type Shell = (typeof SHELLS)[number];
