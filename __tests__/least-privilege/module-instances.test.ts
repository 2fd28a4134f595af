import { afterAll, beforeAll, expect, it } from "vitest";
import { Random } from "../differential/support/random.js";
import { startProvider } from "../support/aws.js";
import { EDITIONS, type Edition, moduleSource } from "../support/module-sources.js";
import { OFFLINE_PROVIDER } from "../support/offline-provider.js";
import { countOf } from "../support/part.js";
import { recordPlayed } from "../support/played.js";
import type { RunningProvider } from "../support/running-provider.js";
import { describeTerraform } from "../support/suites.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";
import { excessOf, strangersIn, wideValues } from "./support/grant-judge.js";
import { type DrawnInstance, drawInstance } from "./support/random-inputs.js";

/*
 * Instances of the published modules, with random inputs, each in both editions: Terraform plans many at once, and
 * the judge, who knows nothing of lib, says what each may grant.
 */

const SEED = 16;

const WHAT = "module instances of random inputs";
const COUNT = countOf(WHAT, { each: 30, all: 5000 });

/** Instances of one plan. */
const BATCH = 100;

/** An instance in an edition. */
interface Call {
  /** Of the module call. */
  readonly name: string;
  readonly edition: Edition;
  readonly number: number;
  readonly drawn: DrawnInstance;
}

/** What Terraform plans of the instances that it takes, by the names of their calls. */
type Planned = ReadonlyMap<string, readonly ResourceChange[]>;

const CALLS: readonly Call[] = Array.from({ length: COUNT / EDITIONS.length }, (_, number) => {
  const drawn = drawInstance(new Random(SEED * 100_000 + number));
  return EDITIONS.map((edition) => ({ name: `i${number}${edition}`, edition, number, drawn }));
}).flat();

describeTerraform("Instances of the published modules", () => {
  let provider: RunningProvider;
  let workspace: Workspace;
  const planned = new Map<string, readonly ResourceChange[]>();

  beforeAll(async () => {
    provider = await startProvider({});
    workspace = new Workspace(provider.environment);
    // What is to be refused is asked apart from the rest: one that is refused costs all others of its plan.
    const isWide = ({ drawn }: Call) => wideValues(drawn.finals).length > 0;
    for (const calls of [CALLS.filter((call) => !isWide(call)), CALLS.filter(isWide)]) {
      for (let from = 0; from < calls.length; from += BATCH) {
        for (const [name, changes] of await plan(calls.slice(from, from + BATCH))) {
          planned.set(name, changes);
        }
      }
    }
  });
  afterAll(async () => {
    workspace.remove();
    await provider.stop();
  });

  /** Plans instances as one root, without those that are refused. */
  async function plan(calls: readonly Call[]): Promise<Planned> {
    const modules = calls.map(({ name, edition, drawn: { module, inputs } }) => [
      name,
      { source: moduleSource(module, edition), ...(escaped(inputs) as object) },
    ]);
    workspace.write(
      "main.tf.json",
      JSON.stringify({
        provider: { aws: OFFLINE_PROVIDER },
        module: Object.fromEntries(modules),
      }),
    );
    await workspace.init();
    const args = ["plan", "-refresh=false", "-input=false", "-no-color", "-out=plan"];
    const { status, output } = await workspace.attempt("terraform", args);
    if (status !== 0) {
      // As an error says where it stands; what was planned until then is listed, too.
      const refused = new Set(
        Array.from(
          output.matchAll(
            /(?:\bin module\.|\bwith module\.|\.terraform\/modules\/)(i\d+(?:hcl|json))\b/g,
          ),
          ([, name]) => name,
        ),
      );
      const rest = calls.filter(({ name }) => !refused.has(name));
      if (rest.length === calls.length) {
        throw new Error(output.slice(output.indexOf("Error:"), output.indexOf("Error:") + 3000));
      }
      return rest.length === 0 ? new Map() : plan(rest);
    }
    const { stdout } = await workspace.run("terraform", ["show", "-json", "plan"]);
    const { resource_changes } = JSON.parse(stdout) as { resource_changes: ResourceChange[] };
    const byCall = new Map<string, ResourceChange[]>(calls.map(({ name }) => [name, []]));
    for (const change of resource_changes) {
      byCall.get(change.address.split(".")[1] ?? "")?.push(change);
    }
    return byCall;
  }

  it("are the same in both editions: planned, or refused", () => {
    const ofEditions = (number: number) =>
      EDITIONS.map((edition) =>
        planned
          .get(`i${number}${edition}`)
          ?.map(({ address, change }) => [address.split(".").slice(2).join("."), change.after])
          .toSorted(),
      );
    const differing = CALLS.filter(({ number, edition }) => {
      const [hcl, json] = ofEditions(number);
      return edition === "hcl" && JSON.stringify(hcl) !== JSON.stringify(json);
    });

    expect(differing).toEqual([]);
  });

  it("are never planned with a value that widens what it is put into", () => {
    const wide = CALLS.filter(({ name }) => planned.has(name)).map(({ drawn }) => ({
      drawn,
      wide: wideValues(drawn.finals),
    }));

    expect(wide.filter(({ wide: values }) => values.length > 0)).toEqual([]);
    expect(planned.size).toBeGreaterThan(COUNT * 0.6);
    expect(planned.size).toBeLessThan(COUNT);
  });

  it("have the prefix in each name", () => {
    const names = CALLS.flatMap(({ name, drawn: { prefix } }) =>
      (planned.get(name) ?? []).flatMap(({ address, change: { after } }) =>
        ["aws_iam_user.", "aws_iam_role.", "aws_iam_policy."].some((type) => address.includes(type))
          ? [{ address, prefix, name: String(after?.["name"]) }]
          : [],
      ),
    );

    expect(names.filter(({ name, prefix }) => !name.startsWith(prefix))).toEqual([]);
    expect(names.filter(({ prefix }) => prefix !== "").length).toBeGreaterThan(COUNT / 10);
  });

  it("grant no more than the inputs say, by iam-simulate", async () => {
    const found: unknown[] = [];
    const counted: Record<string, number> = {
      planned: planned.size,
      refused: CALLS.length - planned.size,
      policies: 0,
      granted: 0,
    };
    const count = (name: string, by: number) => {
      counted[name] = (counted[name] ?? 0) + by;
    };
    // What both editions have alike is judged once.
    for (const { name, drawn } of CALLS.filter(({ edition }) => edition === "hcl")) {
      const changes = planned.get(name) ?? [];
      count(drawn.module, planned.has(name) ? EDITIONS.length : 0);
      for (const [resource, { kind, finals }] of Object.entries(drawn.purposes)) {
        const texts = textsOf(changes, resource, kind === "caller");
        const documents = texts.map((text) => JSON.parse(text) as object);
        count("policies", documents.length * EDITIONS.length);
        if (kind === "caller") {
          found.push(...documents.flatMap((trust) => strangersIn(finals, trust)));
          continue;
        }
        const { excess, allowed } = await excessOf(kind, finals, documents);
        count("granted", allowed);
        found.push(...excess.map((each) => ({ drawn, resource, excess: each })));
      }
    }
    recordPlayed(WHAT, { counted });

    expect(found).toEqual([]);
    expect(counted["policies"]).toBeGreaterThan(COUNT / 2);
    expect(counted["granted"]).toBeGreaterThan(COUNT);
    expect(counted["remotion-lambda"]).toBeGreaterThan(COUNT / 10);
  });
});

/** The policies, or trust policies, of the resources of a name. */
function textsOf(
  changes: readonly ResourceChange[],
  resource: string,
  isTrust: boolean,
): readonly string[] {
  const argument = isTrust ? "assume_role_policy" : "policy";
  return changes.flatMap(({ address, change: { after } }) => {
    const [, name] = /\.aws_iam_[a-z_]+\.([a-z_]+)/.exec(address) ?? [];
    const text = after?.[argument];
    return name === resource && typeof text === "string" ? [text] : [];
  });
}

/** Values that Terraform takes as they are. */
function escaped(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll("${", () => "$${"));
}
