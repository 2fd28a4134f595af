import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../../support/repository.js";

const FIXTURES = join(REPOSITORY, "__tests__", "unit", "terraform", "fixtures");

/** The text of a fixture; `fixtures/refresh.ts` makes them. */
export function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), "utf8");
}
