import { describe, expect, it } from "vitest";
import { isJsonObject } from "../../../lib/module/json-value.js";

describe("isJsonObject", () => {
  it.each([
    { what: "an object", value: {}, object: true },
    { what: "a list", value: [], object: false },
    { what: "null", value: null, object: false },
    { what: "a text", value: "{}", object: false },
    { what: "nothing", value: undefined, object: false },
  ])("is $object for $what", ({ value, object }) => {
    expect(isJsonObject(value)).toBe(object);
  });
});
