import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { API_ROWS, apiName } from "../../../lib/remotion/api-calls.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../../lib/remotion/profile-names.js";
import { sampleRequest } from "../../../lib/remotion/sample-request.js";
import { ASKERS, answerTo, message, reportOf } from "./support.js";

/** Every request that Remotion makes, with the APIs that make it. */
const REQUESTS = [
  ...new Map(
    API_ROWS.flatMap(({ actor, calls }) =>
      calls.map((call) => {
        const { resource } = sampleRequest(call);
        const by = actor === "function" ? ("function" as const) : ("caller" as const);
        return [`${call.action} ${resource} ${by}`, { ...call, resource, by }] as const;
      }),
    ),
  ).values(),
];

const MODULES: Readonly<Record<keyof typeof ASKERS, readonly string[]>> = {
  user: ["remotion-user", "remotion-lambda-role"],
  caller: ["remotion-executionrole-policy", "remotion-lambda-role"],
  functions: ["remotion-lambda-role", "remotion-user"],
};

describe.each(Object.entries(ASKERS))("every call of Remotion's, asked by the %s", (who, arn) => {
  it.each(REQUESTS)("$action on $resource, made by the $by", ({ action, resource, by }) => {
    const answer = answerTo(message(arn, action, `"${resource}"`));

    expect(["input", "principal"]).toContain(answer.side);
    expect(answer.calls).not.toEqual([]);
    expect(answer.commands).not.toEqual([]);
    const modules = answer.allowedBy.map(({ module }) => module);
    const own = MODULES[who as keyof typeof ASKERS];
    expect(modules.some((module) => own.includes(module))).toBe(true);
    // Whoever makes the call is answered with calls of that side.
    const isOwn = (by === "function") === (who === "functions");
    expect(isOwn && answer.calls.some((call) => call.by !== by)).toBe(false);
  });
});

it("names every API that makes a call, and no other", () => {
  for (const { api, actor, calls } of API_ROWS.filter(({ actor }) => actor !== "function")) {
    for (const { action, resource } of calls) {
      const request = sampleRequest({ action, resource });
      const answer = answerTo(message(ASKERS.user, action, `"${request.resource}"`));
      // A role of Remotion's name is passed without customRoleArn, and the other way round.
      expect(
        answer.calls.map((call) => call.api),
        `${action} by ${actor}`,
      ).toContain(apiName(api));
    }
  }
});

it.each(["*", "…", "[redacted]", '""'])("takes the resource %s for none", (resource) => {
  for (const { action } of REQUESTS) {
    const answer = answerTo(message(ASKERS.user, action, resource));

    expect(answer.calls).not.toEqual([]);
    expect(answer.allowedBy, action).not.toEqual([]);
  }
});

describe("the profiles that are told", () => {
  const policies = {
    user: USER_PROFILES.map((profile) => ({ profile, policy: userPolicy({ profile }) })),
    functions: ROLE_PROFILES.map((profile) => ({ profile, policy: rolePolicy({ profile }) })),
  };

  it.each(["user", "functions"] as const)(
    "are those of which the policy has it, of the %s",
    (who) => {
      for (const { action, resource } of REQUESTS) {
        const { allowedBy, side } = answerTo(message(ASKERS[who], action, `"${resource}"`));
        const [first] = side === "input" ? allowedBy : [];
        if (first?.profile !== undefined && first.inputs.length === 0) {
          const named = policies[who].filter(({ policy }) =>
            policy.Statement.some(({ Action }) => Action.includes(action)),
          );
          const names = named.map(({ profile }) => profile as string);
          expect(names, `${action} on ${resource}`).toEqual(
            expect.arrayContaining([...first.profile.having]),
          );
          expect([...first.profile.having, ...first.profile.lacking].sort()).toEqual(
            policies[who].map(({ profile }) => profile as string).sort(),
          );
        }
      }
    },
  );
});

describe("however it is printed", () => {
  const wrapped = (width: number) => (text: string) =>
    text.replace(new RegExp(`.{1,${width}}`, "g"), "$&\n");
  const FORMS: readonly ((text: string) => string)[] = [
    (text) =>
      `AccessDeniedException: ${text}\n    at throwDefaultError (/srv/node_modules/a.js:1:2)`,
    (text) => JSON.stringify({ level: "error", message: text }),
    (text) => JSON.stringify({ line: JSON.stringify({ message: `${text}\n    at a.js` }) }),
    (text) => text.replaceAll(" ", "\n   "),
    (text) => text.replaceAll(" ", "\r\n"),
    (text) => `\u001b[31m${text.replace("not", "\u001b[1mnot\u001b[22m")}\u001b[39m`,
    (text) => text.replaceAll('"', "\u201d").replaceAll("'", "\u2019"),
    (text) => `<Error><Message>${text.replaceAll('"', "&quot;")}</Message></Error>`,
    (text) => text.replaceAll(" ", "\u00a0"),
    (text) =>
      text
        .split(" ")
        .map((word) => `> ${word}`)
        .join("\n"),
    (text) => `${text}\n${text}`,
    wrapped(80),
    wrapped(120),
    wrapped(47),
  ];

  it("is answered the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REQUESTS),
        fc.constantFrom(...Object.values(ASKERS)),
        fc.constantFrom(...FORMS),
        fc.constantFrom(
          "because no identity-based policy allows it",
          "because no permissions boundary allows it",
          "with an explicit deny in a service control policy",
        ),
        ({ action, resource }, asker, form, because) => {
          const text = message(asker, action, `"${resource}"`, because);

          expect(answerTo(form(text))).toEqual(answerTo(text));
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("has a report for a reader, without an empty section", () => {
    for (const { action, resource } of REQUESTS) {
      const report = reportOf(answerTo(message(ASKERS.user, action, `"${resource}"`)));

      expect(report).not.toMatch(/undefined|\[object|:\n\n|:$/);
    }
  });
});
