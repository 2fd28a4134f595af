import { COMMUNITY_MODULE } from "./community-module.js";
import type { Comparison, Figures } from "./figures.js";
import type { Refusal } from "./refusals.js";
import type { RootWay } from "./roots.js";

/** Characters of a message that are shown. */
const SHOWN = 110;

const WAY_NAMES: Readonly<Record<RootWay, string>> = {
  "with-module": "our module",
  "by-hand": "by hand",
  "with-terraform-aws-modules": "terraform-aws-modules",
};

/** `docs/SIDE-BY-SIDE.md`. */
export function page(comparison: Comparison, refusals: readonly Refusal[]): string {
  const sections = [
    introduction(comparison),
    "## What it takes",
    figuresTable(comparison.figures),
    ABOUT_FIGURES,
    "## Ten usual mistakes",
    aboutMistakes(refusals),
    mistakesTable(refusals),
    ABOUT_MISTAKES,
    BETTER,
  ];
  return `${sections.join("\n\n")}\n`;
}

function introduction({ terraform, provider }: Comparison): string {
  const { version, repository } = COMMUNITY_MODULE;
  return `# Side by side

Each module beside the same thing by hand and with
[terraform-aws-modules/iam](${repository}), in its release ${version}:
the newest for AWS provider 5, as those from 6.0.0 on want provider 6.

This page is written by \`npm run side-by-side\`, here with Terraform ${terraform} and AWS provider ${provider}, against a
mock of AWS. The three roots of each module lie in [bench/twins](../bench/twins); the run fails where one of them allows
an action on something that another does not, or a second plan has changes.`;
}

function figuresTable(figures: readonly Figures[]): string {
  const columns = [
    "Module",
    "Way",
    "Lines you write",
    "Lines of the module",
    "Its longest line",
    "Its inputs",
    "Its checks",
    "Resources",
    "Calls at apply",
    "Calls at a plan",
  ];
  const rows = figures.map(({ module, way, written, source, resources, calls }) => [
    way === "with-module" ? `[\`${module}\`](../modules/${module})` : "",
    WAY_NAMES[way],
    ...[
      written,
      source?.lines,
      source?.longest,
      source?.inputs,
      source?.checks,
      resources,
      calls.apply,
      calls.plan,
    ].map(figure),
  ]);
  return table(columns, rows, 2);
}

function figure(value: number | undefined): string {
  return value === undefined ? "" : value.toLocaleString("en-US");
}

/** A table whose first columns are text, and the others figures. */
function table(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  text: number,
): string {
  const rule = columns.map((_column, index) => (index < text ? "---" : "---:"));
  return [columns, rule, ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

const ABOUT_FIGURES = `Lines are those of \`.tf\` files, blank ones and comments too. What you write is the root; what all three have in
common, a variable and perhaps the role of a caller or its policy, is counted in each. Lines and inputs of
terraform-aws-modules are those of the submodules that the root calls, each once. Checks are blocks that refuse a plan,
\`validation\` and the like: with what they say, they are a large part of our lines. Calls are those to IAM, and a plan is
one without changes.

- **By hand** and with terraform-aws-modules, \`remotion-lambda\` writes the policy that the user and the callers share
  twice, as Remotion's guide does. A local would save some 75 lines in either.
- **Users**: ${COMMUNITY_MODULE.version} gives a user no inline policy, so theirs is a managed one, which \`iam-user\` attaches: one
  resource and two calls more. Their 6.x has inline policies for users.
- **Access keys**: \`iam-user\` makes a key and a password unless told not to, which the root does.
- **Policies for roles that exist**, in \`remotion-executionrole-policy\` and \`remotion-bucket-grants\`: theirs are attached
  by a resource in the root, as no submodule attaches to a role that it has not made.
- **The functions' role** has its policy as \`inline_policy_statements\`. The policy's name ends at random.`;

function aboutMistakes(refusals: readonly Refusal[]): string {
  const refused = (way: RootWay) =>
    refusals.filter(({ said }) => said[way] !== undefined).length.toString();
  return `Each is made in a root from above, by itself. At the plan, before anything is made, our modules refuse ${refused("with-module")} of them,
the roots by hand ${refused("by-hand")}, those with terraform-aws-modules ${refused("with-terraform-aws-modules")}. We chose the ten, and most are what our modules were
written to catch: the rows say more than the count. Messages are cut.`;
}

function mistakesTable(refusals: readonly Refusal[]): string {
  const rows = refusals.map(({ mistake, said }) => [
    mistake.what,
    shown(said["with-module"]),
    shown(said["by-hand"]),
    shown(said["with-terraform-aws-modules"]),
    mistake.otherwise,
  ]);
  const columns = [
    "Mistake",
    "Our module",
    "By hand",
    "terraform-aws-modules",
    "After a green plan",
  ];
  return table(columns, rows, columns.length);
}

/** A message as a cell, cut behind a word. */
function shown(message: string | undefined): string {
  if (message === undefined) {
    return "plans green";
  }
  const cut =
    message.length <= SHOWN ? message : `${message.slice(0, SHOWN).replace(/[\s,:]*\S*$/, "")} …`;
  return `\`${cut}\``;
}

const ABOUT_MISTAKES = `What follows a green plan is what AWS documents, and was not tried: the mock holds nobody to most of it. Where IAM
refuses at the apply, what was made before stays made.

- What Terraform and the AWS provider check is checked in all three: a misspelt argument of a module or resource, the form
  of ARNs, the characters and length of a role's name, how long a session may last.
- No plan knows whether a region, a role or a bucket exists, and whose it is.
- A role's ARN for its name in \`role_names\` is no mistake in our modules: they take the name out of it. In
  \`aws_iam_role_policy_attachment\` it plans green, and IAM refuses it.
- Linters find some of this by hand, too: tflint with its rules for AWS names that are too long, IAM Access Analyzer
  actions that do not exist. Our ten with what is right: [MISTAKES.md](MISTAKES.md).`;

const BETTER = `## Where the others are better

**By hand** there is nothing to trust, to learn or to upgrade: a reviewer sees the whole policy in the diff, and anything
that IAM has can be written. For one role in one account it is a fair choice;
\`npx remotion-lambda-terraform policy user\` prints the document to put there, and \`verify\` checks it.

**terraform-aws-modules/iam** is maintained since 2017, with some 190 releases up to this one by some 140 people, and
comes from the registry; ours is new, used by few or nobody, and comes from git. It does the rest of IAM as well: groups,
SAML, accounts, service accounts of EKS. Its modules are shorter to read than ours. Each has a wrapper that makes many of
a kind from Terragrunt. Its 6.x takes permissions as typed objects, any you like, where ours has profiles that you
narrow. Whoever uses it already has one dependency fewer.

**Our modules** know what Remotion needs: no policy is written, copied or kept up to date, and the plan looks at the
inputs. That is worth its lines to whoever would write those policies, and to nobody else.`;
