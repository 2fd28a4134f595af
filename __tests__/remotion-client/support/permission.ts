/** An IAM action on a resource: what a policy has to allow for a request to be answered. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

/** Drops what is there twice, and sorts. */
export function distinctPermissions(permissions: Iterable<Permission>): Permission[] {
  const byText = new Map<string, Permission>();
  for (const permission of permissions) {
    byText.set(`${permission.action} ${permission.resource}`, permission);
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, permission]) => permission);
}
