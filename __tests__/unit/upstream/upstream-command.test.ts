import { describe, expect, it } from "vitest";
import { UsageError } from "../../../lib/cli/errors.js";
import { type UpstreamOptions, upstream } from "../../../lib/cli/upstream.js";
import { REMOTION_VERSION } from "../../../lib/remotion/release.js";
import published from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { FakeNpm, manifest } from "./fake-npm.js";
import remotion417 from "./fixtures/remotion-4.0.417.json" with { type: "json" };

describe("the command", () => {
  it("ends with 0 where there is no drift, and says so on stderr", async () => {
    serve(REMOTION_VERSION, published.policies);

    expect(await recorded({ version: "latest", json: false })).toEqual({
      exitCode: 0,
      results: "",
      notes: `No drift: 4 policies are those of Remotion ${REMOTION_VERSION}.`,
    });
  });

  it("ends with 1 where there is, and names Sid and action on stdout", async () => {
    serve("4.0.417", remotion417.policies);

    const { exitCode, results, notes } = await recorded({ version: "latest", json: false });

    expect(exitCode).toBe(1);
    expect(results).toMatch(/\n {2}- Sid Storage: action s3:PutBucketPolicy$/);
    expect(notes).toBe(
      [
        "Remotion 4.0.417 has no policies for aws-cn: compared for aws only.",
        `1 of 2 policies differ from those of Remotion 4.0.417; ours are those of ${REMOTION_VERSION}.`,
      ].join("\n"),
    );
  });

  it("reports as JSON, and nothing else", async () => {
    serve("4.0.417", remotion417.policies);

    const { exitCode, results, notes } = await recorded({ version: "latest", json: true });

    expect({ exitCode, notes }).toEqual({ exitCode: 1, notes: "" });
    expect(JSON.parse(results)).toMatchObject({
      version: "4.0.417",
      ours: REMOTION_VERSION,
      drift: true,
      notCompared: ["aws-cn"],
      policies: [
        {
          principal: "user",
          partition: "aws",
          drift: true,
          added: [],
          removed: [],
          changed: [{ sid: "Storage", actions: { added: [], removed: ["s3:PutBucketPolicy"] } }],
        },
        { principal: "role", partition: "aws", drift: false },
      ],
    });
  });

  it("notes where only the order differs", async () => {
    const { user, role } = published.policies.aws;
    const reversed = { ...role, Statement: role.Statement.toReversed() };
    serve("4.0.600", { ...published.policies, aws: { user, role: reversed } });

    const { exitCode, results, notes } = await recorded({ version: "latest", json: false });

    expect({ exitCode, results }).toEqual({ exitCode: 0, results: "" });
    expect(notes).toContain("in another order or form: policy of the role, partition aws.");
  });

  it.each([true, false])("ends with 2 where the release cannot be had (JSON: %s)", async (json) => {
    new FakeNpm().failWith("ENOTFOUND");

    const { exitCode, results, notes } = await recorded({ version: "4.0.527", json });

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toMatch(/^npm could not fetch @remotion\/lambda@4\.0\.527 \(ENOTFOUND\): /);
  });

  it("ends with 2 where the package cannot be isolated, before it is fetched, and runs it when told", async () => {
    const npm = serve(REMOTION_VERSION, published.policies).leaveOnPath("tar", "gzip");
    const options = { version: "latest", json: false };

    expect(await recorded(options, false)).toEqual({
      exitCode: 2,
      results: "",
      notes: expect.stringMatching(
        /^The policies of a release are had by running its package, which is done isolated, and unshare, of util-linux, is not on the PATH: .* or give --run-package, /,
      ),
    });
    expect(npm.requests).toEqual([]);
    expect(npm.leftovers).toEqual([]);
    expect(await recorded(options, true)).toMatchObject({ exitCode: 0 });
  });

  it("refuses a version that is none, before it asks for it", async () => {
    const npm = new FakeNpm();

    const refusal = recorded({ version: "latest || x", json: false });

    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(
      '--version is "latest || x", which is not a Remotion release: give a version such as',
    );
    expect(npm.requests).toEqual([]);
  });
});

/** Serves these policies as the newest release: what a partition lacks, `aws` stands in for. */
function serve(version: string, policies: Readonly<Record<string, unknown>>): FakeNpm {
  const code = `const policies = ${JSON.stringify(policies)};
    const print = (who) => ({ partition }) => JSON.stringify((policies[partition] ?? policies.aws)[who]);
    exports.getUserPolicy = print("user");
    exports.getRolePolicy = print("role");`;
  return new FakeNpm().publish("@remotion/lambda", ["latest"], {
    "package.json": manifest(version),
    "policies.js": code,
  });
}

async function recorded(options: Omit<UpstreamOptions, "runPackage">, runPackage = true) {
  const results: string[] = [];
  const notes: string[] = [];
  const exitCode = await upstream(
    { ...options, runPackage },
    {
      result: (text) => void results.push(text),
      note: (text) => void notes.push(text),
    },
  );
  return { exitCode, results: results.join("\n"), notes: notes.join("\n") };
}
