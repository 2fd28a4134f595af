import type { IResolvable, TerraformResource } from "cdktf";

/** Something that must hold before Terraform plans a resource. */
export interface PreconditionProps {
  readonly condition: IResolvable;
  /** Names the value, the rule and the way out. */
  readonly errorMessage: string;
}

/** Adds a precondition to those that a resource has already. */
export function addPrecondition(
  resource: TerraformResource,
  precondition: PreconditionProps,
): void {
  const { lifecycle } = resource;
  resource.lifecycle = {
    ...lifecycle,
    precondition: [...(lifecycle?.precondition ?? []), precondition],
  };
}
