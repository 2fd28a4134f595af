import { readFileSync } from "node:fs";
import { join } from "node:path";
import { templateReader } from "../../../../lib/cloudformation/template-reader.js";
import { readPrincipals } from "../../../../lib/reading/read-principals.js";
import type { Principal, Reading } from "../../../../lib/terraform/principal.js";

/** A trust policy for a service. */
export function trusting(service: string): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  };
}

/** A policy document with one statement that allows everything on some resources. */
export function allowing(resource: unknown, action: unknown = "s3:*"): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: resource }],
  };
}

/** Who may do what by a template, as an object or as its text. */
export function readingOf(
  template: object | string,
  parameters: Readonly<Record<string, string>> = {},
): Reading {
  return readPrincipals(typeof template === "string" ? template : JSON.stringify(template), {
    templates: templateReader(new Map(Object.entries(parameters))),
  });
}

/** The principal at a logical id. */
export function principalAt(
  id: string,
  template: object | string,
  parameters: Readonly<Record<string, string>> = {},
): Principal {
  const { principals } = readingOf(template, parameters);
  const found = principals.find(({ address }) => address === id);
  if (found === undefined) {
    throw new Error(`Nobody is at ${id}: ${principals.map(({ address }) => address).join(", ")}`);
  }
  return found;
}

/** Path of a template that is committed. */
export function fixturePath(name: string): string {
  return join(import.meta.dirname, "..", "fixtures", name);
}

/** A template that is committed. */
export function fixture(name: string): string {
  return readFileSync(fixturePath(name), "utf8");
}
