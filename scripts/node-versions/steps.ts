/** Something to run in the clone. */
export interface Step {
  readonly name: string;
  readonly program: "npm" | "npx" | "git";
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * What gets the packages.
 *
 * @param cache an empty folder for npm's cache. @default the user's
 */
export function installation(cache: string | undefined): Step {
  const args = ["ci", "--no-audit", "--no-fund"];
  return cache === undefined
    ? { name: "npm ci", program: "npm", args }
    : { name: "npm ci, empty cache", program: "npm", args: [...args, `--cache=${cache}`] };
}

const VITEST = ["--no-install", "vitest", "run", "--project", "sources"];

/** Where CDKTF's command line is tested, and the name of the test that deploys with it. */
const DEPLOYABLE_STACK = "__tests__/end-to-end/deployable-stack.test.ts";
const DEPLOYMENT = "is deployed and destroyed by cdktf";

/**
 * What is run with each Node.js, once its packages are there.
 *
 * @param whole whether every test is run
 * @param deployment what is done with the deployable stack: without Terraform or the AWS mock it is synthesized alone
 * @param shard the part of the unit tests, as Vitest takes it. @default all
 */
export function stepsFor(
  whole: boolean,
  deployment: "deployed" | "synthesized" | false,
  shard?: string,
): Step[] {
  const ofStack: Step =
    deployment === "deployed"
      ? {
          name: "cdktf deploy, destroy",
          program: "npx",
          args: [...VITEST, DEPLOYABLE_STACK, "-t", DEPLOYMENT],
          // What is there and does not work must not be skipped.
          environment: { REQUIRE_TERRAFORM: "1" },
        }
      : {
          name: "cdktf synth (to deploy: terraform, moto_server)",
          program: "npx",
          args: [...VITEST, DEPLOYABLE_STACK],
        };
  const tests: Step[] = whole
    ? [{ name: "npm test", program: "npm", args: ["test"] }]
    : [unitTests(shard), ...(deployment === false ? [] : [ofStack])];
  return [
    { name: "npm start", program: "npm", args: ["start"] },
    { name: "modules/ unchanged", program: "git", args: ["diff", "--exit-code", "--", "modules"] },
    { name: "npm run build", program: "npm", args: ["run", "build"] },
    ...tests,
  ];
}

function unitTests(shard: string | undefined): Step {
  const all: Step = { name: "unit tests", program: "npx", args: [...VITEST, "__tests__/unit"] };
  return shard === undefined
    ? all
    : { ...all, name: `unit tests, part ${shard}`, args: [...all.args, `--shard=${shard}`] };
}
