import { describe, expect, it } from "vitest";
import { API_ROWS, apiName } from "../../../lib/remotion/api-calls.js";

describe("the table of API calls", () => {
  const calls = API_ROWS.flatMap(({ calls: all }) => all);

  it("has single actions, on everything or on an ARN that leaves the partition open", () => {
    for (const { action, resource } of calls) {
      expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/);
      expect(resource).toMatch(/^(\*|arn:\{partition\}:.*)$/);
    }
  });

  it("says in a sentence where a row was read that is not recorded, and why", () => {
    const reasons = API_ROWS.flatMap(({ unrecorded }) => unrecorded ?? []);

    expect(reasons).not.toEqual([]);
    for (const reason of reasons) {
      expect(reason).toMatch(/^(Read in @remotion\/|Not in Remotion's code: )[^\n|]{40,}\.$/);
    }
  });

  it("says when a call is made in a sentence", () => {
    const conditions = calls.flatMap(({ when }) => (when === undefined ? [] : [when]));

    expect(conditions).not.toEqual([]);
    for (const when of conditions) {
      expect(when).toMatch(/\.$/);
    }
  });
});

describe("apiName", () => {
  it.each([
    { api: "renderMediaOnLambda", name: "renderMediaOnLambda()" },
    { api: "remotion lambda sites ls", name: "remotion lambda sites ls" },
    { api: "rendering", name: "rendering" },
  ])("of $api is $name", ({ api, name }) => {
    expect(apiName(api)).toBe(name);
  });
});
