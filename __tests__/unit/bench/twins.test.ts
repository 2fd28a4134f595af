import { expect, it } from "vitest";
import { modulesWithoutTwin } from "../../support/twins.js";

it("every published module is written by hand in bench/twins, to be compared with", () => {
  expect(modulesWithoutTwin()).toEqual([]);
});
