import { readFileSync } from "node:fs";
import { join } from "node:path";
import { moduleSource } from "../../__tests__/support/module-sources.js";
import { REPOSITORY } from "../../__tests__/support/repository.js";
import { type Part, withOurModules } from "../../__tests__/support/twins.js";
import { submodulesIn, withSubmodulesOf } from "./community-module.js";

/** The ways to the same resources: folders of each module's `bench/twins`. */
export const ROOT_WAYS = ["with-module", "by-hand", "with-terraform-aws-modules"] as const;

/** One of the ways. */
export type RootWay = (typeof ROOT_WAYS)[number];

/** The text of a root, as its author wrote it. */
export function rootText(module: string, way: RootWay): string {
  return readFileSync(join(REPOSITORY, "bench", "twins", module, way, "main.tf"), "utf8");
}

/** The folders of the modules that a root calls; none where it is written by hand. */
export function modulesOf(module: string, way: RootWay, clone: string): string[] {
  if (way === "with-module") {
    return [moduleSource(module, "hcl")];
  }
  const submodules = submodulesIn(rootText(module, way));
  return submodules.map((submodule) => join(clone, "modules", submodule));
}

/** What is compared here is compared with AWS provider 5: terraform-aws-modules/iam has other modules for 6. */
const REQUIREMENT = `
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}
`;

/** A root for a workspace, its modules from where they are. */
export function partOf(name: string, text: string, namePrefix: string, clone: string): Part {
  const here = withSubmodulesOf(clone, withOurModules(text));
  return { name, text: `${here}${REQUIREMENT}`, namePrefix };
}
