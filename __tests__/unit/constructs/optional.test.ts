import { describe, expect, it } from "vitest";
import { optional } from "../../../lib/constructs/optional.js";

describe("optional", () => {
  it.each([
    { value: undefined, object: {} },
    { value: null, object: { name: null } },
    { value: false, object: { name: false } },
    { value: "", object: { name: "" } },
    { value: 0, object: { name: 0 } },
  ])("of $value is $object", ({ value, object }) => {
    expect(optional("name", value)).toStrictEqual(object);
  });
});
