import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProvider } from "../support/aws.js";
import { type CountingProxy, startCountingProxy } from "../support/counting-proxy.js";
import { IamApi } from "../support/iam-api.js";
import { moduleSource, PROVIDER } from "../support/module-sources.js";
import { awsEnvironment, type Moto, startMoto } from "../support/moto.js";
import { REPOSITORY } from "../support/repository.js";
import { unlessRequired } from "../support/required.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeAws, itUnless } from "../support/suites.js";
import { type Outcome, Workspace } from "../support/workspace.js";
import { zipEntries } from "../support/zip-entries.js";

/** A throw-away key of these tests alone; nobody has its private half. */
const PUBLIC_KEY = readFileSync(
  join(REPOSITORY, "__tests__", "end-to-end", "fixtures", "pgp-public-key.txt"),
  "utf8",
).trim();

/** How each user comes by its access key. */
const CALLS: Record<string, { source: string; inputs: string }> = {
  "plain-user": { source: moduleSource("remotion-user", "hcl"), inputs: 'name = "plain-user"' },
  "encrypted-user": {
    source: moduleSource("remotion-user", "hcl"),
    inputs: `name = "encrypted-user"\n  pgp_key = "${PUBLIC_KEY}"`,
  },
  "encrypted-json-user": {
    source: moduleSource("remotion-user", "json"),
    inputs: `name = "encrypted-json-user"\n  pgp_key = "${PUBLIC_KEY}"`,
  },
  "encrypted-remotion-user": {
    source: moduleSource("remotion-lambda", "hcl"),
    inputs: `name_prefix = "encrypted-"\n  pgp_key = "${PUBLIC_KEY}"`,
  },
};

describeAws("The secret of an access key", () => {
  let moto: Moto;
  let proxy: CountingProxy;
  let provider: RunningProvider;
  let environment: Readonly<Record<string, string>>;
  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startCountingProxy(moto.url);
    provider = await startProvider(awsEnvironment(proxy.url));
    environment = { ...awsEnvironment(proxy.url), ...provider.environment };
  });
  afterAll(async () => {
    await provider.stop();
    await proxy.stop();
    await moto.stop();
  });

  describe("once the keys are there, planned again and given back", () => {
    let secrets: Map<string, string>;
    /** Everything that Terraform has written or said: what it is → text. */
    let texts: Map<string, string>;
    let outputs: Record<string, Record<string, string | null>>;
    beforeAll(async () => {
      const workspace = await rootWith(environment, CALLS);
      const said: Record<string, Outcome> = {
        "the first plan": await workspace.run("terraform", ["plan", "-no-color", "-out=first"]),
        "the first plan as JSON": await workspace.run("terraform", ["show", "-json", "first"]),
        "the apply": await workspace.run("terraform", ["apply", "-no-color", "first"]),
        "a later plan": await workspace.run("terraform", ["plan", "-no-color", "-out=later"]),
        "a later plan as JSON": await workspace.run("terraform", ["show", "-json", "later"]),
        "the state as JSON": await workspace.run("terraform", ["show", "-json"]),
        "the outputs": await workspace.run("terraform", ["output", "-json"]),
      };
      secrets = secretsIn(proxy);
      texts = new Map([
        ...Object.entries(said).map(([what, { output }]) => [what, output] as const),
        ...filesIn(workspace.path),
      ]);
      outputs = Object.fromEntries(
        Object.entries(JSON.parse(said["the outputs"]?.stdout ?? "")).map(([name, output]) => [
          name,
          Object(output).value,
        ]),
      );
      workspace.remove();
    });

    const holding = (secret = "no such user") =>
      [...texts].filter(([, text]) => text.includes(secret)).map(([what]) => what);

    it.each(Object.keys(CALLS).filter((user) => user !== "plain-user"))(
      "is in no state, plan or output with a pgp_key: %s",
      (user) => {
        expect(secrets.get(user)).toMatch(/^[\w+/]{40}$/);
        expect(holding(secrets.get(user))).toEqual([]);
        expect(outputs[user]).toEqual({
          id: expect.stringMatching(/^AKIA/),
          secret: null,
          encrypted: expect.stringMatching(/^[\w+/]{100,}={0,2}$/),
        });
      },
    );

    it("is in state, plan and output without one, where the same search finds it", () => {
      expect(holding(secrets.get("plain-user"))).toEqual([
        "a later plan as JSON",
        "the state as JSON",
        "the outputs",
        "later: tfplan",
        "later: tfstate",
        "later: tfstate-prev",
        "terraform.tfstate",
      ]);
      expect(outputs["plain-user"]).toMatchObject({
        secret: secrets.get("plain-user"),
        encrypted: null,
      });
    });
  });

  itUnless(withoutGpg())("is what the owner of the private key reads from the output", async () => {
    const home = mkdtempSync(join(tmpdir(), "gnupg-"));
    const gpg = (args: readonly string[], input?: Buffer) => {
      const batch = ["--homedir", home, "--batch", "--quiet", "--passphrase", ""];
      return spawnSync("gpg", [...batch, ...args], { input }).stdout;
    };
    gpg(["--quick-generate-key", "operator@example.com", "default", "default", "never"]);
    const key = gpg(["--export", "operator@example.com"]).toString("base64");
    const workspace = await rootWith(environment, {
      "decrypted-user": {
        source: moduleSource("remotion-user", "hcl"),
        inputs: `name = "decrypted-user"\n  pgp_key = "${key}"`,
      },
    });
    await workspace.apply();
    const { stdout } = await workspace.run("terraform", ["output", "-json", "decrypted-user"]);
    const { encrypted } = JSON.parse(stdout) as { encrypted: string };
    const decrypted = gpg(["--decrypt"], Buffer.from(encrypted, "base64")).toString();
    workspace.remove();
    spawnSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    rmSync(home, { recursive: true });

    expect(decrypted).toBe(secretsIn(proxy).get("decrypted-user"));
  });
});

/** The modules whose users get another key, and where a key of `create_access_key` lies in them. */
const ROTATED = {
  "hcl-user": ["remotion-user", "hcl", "this[0]", "named"],
  "json-user": ["remotion-user", "json", "this[0]", "named"],
  "all-remotion-user": ["remotion-lambda", "hcl", "user[0]", "user_named"],
} as const;

describeAws("Another access key", () => {
  let moto: Moto;
  let provider: RunningProvider;
  let workspace: Workspace;
  beforeAll(async () => {
    moto = await startMoto();
    provider = await startProvider(moto.environment);
    workspace = new Workspace({ ...moto.environment, ...provider.environment });
  });
  afterAll(async () => {
    workspace.remove();
    await provider.stop();
    await moto.stop();
  });

  /** What the modules give back of the keys of each user. */
  type Given = Record<
    string,
    Record<"keys" | "secrets" | "encrypted", Record<string, unknown>> & { simple: string | null }
  >;

  /** Applies inputs to every module. */
  async function applied(inputs: string): Promise<Given> {
    const blocks = Object.entries(ROTATED).map(
      ([user, [module, edition]]) => `
module "${user}" {
  source = "${moduleSource(module, edition)}"
  ${module === "remotion-user" ? `name = "${user}"` : 'name_prefix = "all-"'}
  ${inputs}
}

output "${user}" {
  sensitive = true
  value = {
    simple    = module.${user}.access_key_id
    keys      = module.${user}.access_keys
    secrets   = module.${user}.secret_access_keys
    encrypted = module.${user}.encrypted_secret_access_keys
  }
}
`,
    );
    workspace.write("main.tf", [PROVIDER, ...blocks].join("\n"));
    await workspace.init();
    await workspace.apply();
    const { stdout } = await workspace.run("terraform", ["output", "-json"]);
    const outputs = Object.entries(JSON.parse(stdout) as Record<string, { value: never }>);
    return Object.fromEntries(outputs.map(([user, { value }]) => [user, value]));
  }

  /** The keys that AWS has of a user: id → status. */
  async function inAws(user: string): Promise<Record<string, string>> {
    const xml = await new IamApi(moto.url).call("ListAccessKeys", { UserName: user });
    const members = [...xml.matchAll(/<member>(.*?)<\/member>/gs)].map(
      ([, member]) => member ?? "",
    );
    return Object.fromEntries(
      members.map((member) =>
        ["AccessKeyId", "Status"].map(
          (tag) => new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(member)?.[1] ?? "",
        ),
      ),
    );
  }

  const users = Object.keys(ROTATED);
  const idsOf = (given: Given, name: string) =>
    users.map((user) => (given[user]?.keys[name] as { id: string } | undefined)?.id);
  const eachUser = (value: unknown) => users.map(() => value);

  it("is added, and the old one turned off and removed, while the other one stays what it is", async () => {
    // As it was, with the simple form.
    const simple = await applied("create_access_key = true");
    const first = users.map((user) => simple[user]?.simple);
    expect(first).toEqual(eachUser(expect.stringMatching(/^AKIA/)));
    for (const [user, [, , from, to]] of Object.entries(ROTATED)) {
      const address = `module.${user}.aws_iam_access_key`;
      await workspace.run("terraform", [
        "state",
        "mv",
        `${address}.${from}`,
        `${address}.${to}["first"]`,
      ]);
    }

    const named = await applied('access_keys = { first = "active" }');
    expect(idsOf(named, "first")).toEqual(first);
    expect(users.map((user) => named[user]?.simple)).toEqual(eachUser(null));

    // New. With a pgp_key, which is for new keys alone.
    const both = await applied(
      `access_keys = { first = "active", second = "active" }\n  pgp_key = "${PUBLIC_KEY}"`,
    );
    const second = idsOf(both, "second");
    expect(idsOf(both, "first")).toEqual(first);
    expect(second).toEqual(eachUser(expect.stringMatching(/^AKIA/)));
    for (const user of users) {
      expect(both[user]?.secrets).toEqual({ first: named[user]?.secrets["first"], second: null });
      expect(both[user]?.encrypted).toMatchObject({
        second: expect.stringMatching(/^[\w+/]{100,}={0,2}$/),
      });
    }

    // Turned off.
    const off = await applied(
      `access_keys = { first = "inactive", second = "active" }\n  pgp_key = "${PUBLIC_KEY}"`,
    );
    expect(idsOf(off, "first")).toEqual(first);
    expect(idsOf(off, "second")).toEqual(second);
    for (const [index, user] of users.entries()) {
      expect(off[user]?.keys).toMatchObject({
        first: { status: "inactive" },
        second: { status: "active" },
      });
      expect(await inAws(user)).toEqual({
        [first[index] ?? ""]: "Inactive",
        [second[index] ?? ""]: "Active",
      });
    }

    // Removed.
    const removed = await applied(
      `access_keys = { second = "active" }\n  pgp_key = "${PUBLIC_KEY}"`,
    );
    expect(idsOf(removed, "second")).toEqual(second);
    for (const [index, user] of users.entries()) {
      expect(await inAws(user)).toEqual({ [second[index] ?? ""]: "Active" });
    }
    expect(await workspace.isUpToDate()).toBe(true);
  });
});

/** Why a secret cannot be decrypted here. */
function withoutGpg(): string | undefined {
  const { status } = spawnSync("gpg", ["--version"]);
  const missing = status === 0 ? undefined : "gpg is not on the PATH.";
  return unlessRequired("REQUIRE_TERRAFORM", "gpg", missing);
}

/** A root that makes users with access keys and gives back all that the modules give back of them. */
function rootWith(
  environment: Readonly<Record<string, string>>,
  calls: Record<string, { source: string; inputs: string }>,
): Promise<Workspace> {
  const blocks = Object.entries(calls).map(
    ([user, { source, inputs }]) => `
module "${user}" {
  source            = "${source}"
  create_access_key = true
  ${inputs}
}

output "${user}" {
  sensitive = true
  value = {
    id        = module.${user}.access_key_id
    secret    = module.${user}.secret_access_key
    encrypted = module.${user}.encrypted_secret_access_key
  }
}
`,
  );
  return new Workspace(environment).write("main.tf", [PROVIDER, ...blocks].join("\n")).init();
}

/** User → secret, as the API answered it. */
function secretsIn(proxy: CountingProxy): Map<string, string> {
  const textIn = (xml: string, tag: string) =>
    new RegExp(`<${tag}>([^<]+)</${tag}>`).exec(xml)?.[1] ?? "";
  return new Map(
    proxy
      .answersTo("CreateAccessKey")
      .map((xml) => [textIn(xml, "UserName"), textIn(xml, "SecretAccessKey")]),
  );
}

/** The files that Terraform has left in a folder, those inside plans one by one. */
function filesIn(folder: string): [string, string][] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return names.flatMap(({ name }): [string, string][] => {
    const content = readFileSync(join(folder, name));
    return content.toString("latin1", 0, 2) === "PK"
      ? [...zipEntries(content)].map(([entry, part]) => [`${name}: ${entry}`, part.toString()])
      : [[name, content.toString()]];
  });
}
