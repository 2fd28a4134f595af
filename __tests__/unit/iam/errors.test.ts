import { describe, expect, it } from "vitest";
import {
  brokenRule,
  tooManyTags,
  unknownChoice,
  unknownProp,
  wrongKind,
  wrongNumber,
} from "../../../lib/iam/errors.js";
import type { ValueRule } from "../../../lib/iam/value-rule.js";

const RULE: ValueRule = {
  subject: "a name",
  requirement: "give letters.",
  pattern: "^[a-z]+$",
};

describe("what is said of a value from outside", () => {
  it.each([
    {
      what: "a text that breaks a rule",
      error: brokenRule("Role: name", "a b", RULE),
      message: 'Role: name is "a b", which is not a name: give letters.',
    },
    {
      what: "something else that breaks a rule",
      error: brokenRule("Role: name", 7, RULE),
      message: "Role: name is 7, which is not a name: give letters.",
    },
    {
      what: "a text of which the beginning alone is shown",
      error: brokenRule("name", "secret", { ...RULE, shownLength: 3 }),
      message: 'name begins with "sec", which is not a name: give letters.',
    },
    {
      what: "something else, which has no beginning",
      error: brokenRule("name", 1234, { ...RULE, shownLength: 3 }),
      message: "name is 1234, which is not a name: give letters.",
    },
    {
      what: "none of the choices",
      error: unknownChoice("profile", "all", ["full", "render"]),
      message: 'profile is "all": give "full" or "render".',
    },
    {
      what: "no prop",
      error: unknownProp("Role", "nmae", ["name", "path"]),
      message: 'Role is "nmae", and there is no such prop: there are name, path.',
    },
    {
      what: "another type",
      error: wrongKind("tags", "x", "an object"),
      message: 'tags is "x": give an object.',
    },
    {
      what: "a number out of bounds",
      error: wrongNumber("duration", 7.5, 1, 12),
      message: "duration is 7.5: give a whole number from 1 to 12.",
    },
    {
      what: "too many tags",
      error: tooManyTags("tags", 51, 50),
      message: "tags has 51 tags, and AWS allows 50 on a user, role or policy: leave some out.",
    },
  ])("names the value and the way out: $what", ({ error, message }) => {
    expect(error.message).toBe(message);
  });
});
