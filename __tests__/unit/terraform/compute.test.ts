import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { configurationOf, stateOf } from "./support/configuration.js";
import { fixture } from "./support/fixture.js";
import { type PlannedResource, planOf } from "./support/plan.js";

describe("what runs as the roles of a real plan", () => {
  const { principals } = readPrincipals(fixture("compute.plan.json"));

  it.each([
    ["lambda", ["aws_lambda_function.video"]],
    ["written", ['aws_lambda_function.written["a"]', 'aws_lambda_function.written["b"]']],
    ["instance", ["aws_instance.server"]],
    ["template", ["aws_launch_template.servers"]],
    ["ecs", ["aws_ecs_task_definition.render"]],
    ["eks", ["aws_eks_pod_identity_association.render"]],
    ["nodes", ["aws_eks_node_group.nodes"]],
    ["apprunner", ["aws_apprunner_service.api"]],
    ["batch", ["aws_batch_job_definition.render"]],
    ["codebuild", ["aws_codebuild_project.build"]],
    ["states", ["aws_sfn_state_machine.render"]],
    ["glue", ["aws_glue_job.count"]],
    ["nobody", []],
  ])("%s", (name, runs) => {
    expect(principals.find((principal) => principal.name === name)?.runs).toEqual(runs);
  });
});

describe.each<[string, (resources: readonly PlannedResource[]) => string, boolean]>([
  ["plan", planOf, true],
  ["plan in another order", (resources) => planOf([...resources].reverse()), true],
  ["configuration", configurationOf, true],
  ["state", stateOf, false],
])("what runs as a role, in a %s", (_form, written, isNew) => {
  const role = (name: string): PlannedResource => ({
    address: `aws_iam_role.${name}`,
    values: {
      name,
      ...(isNew ? {} : { arn: `arn:aws:iam::123456789012:role/service-role/${name}` }),
      path: "/service-role/",
    },
  });
  /** An argument that is the ARN of a role: a reference before it is there. */
  const running = (address: string, argument: string, name: string): PlannedResource => ({
    address,
    values: isNew ? {} : { [argument]: `arn:aws:iam::123456789012:role/service-role/${name}` },
    from: isNew ? { [argument]: [`aws_iam_role.${name}.arn`] } : {},
  });
  const runsOf = (...resources: readonly PlannedResource[]) =>
    Object.fromEntries(
      readPrincipals(written([role("a"), role("b"), ...resources])).principals.map(
        ({ name, runs }) => [name, [...runs].sort()],
      ),
    );

  it.each([
    ["aws_lambda_function", "role"],
    ["aws_ecs_task_definition", "task_role_arn"],
    ["aws_eks_pod_identity_association", "role_arn"],
    ["aws_codebuild_project", "service_role"],
  ])("%s", (type, argument) => {
    expect(
      runsOf(
        running(`${type}.x`, argument, "a"),
        running(`${type}.y`, argument, "a"),
        running(`${type}.z`, argument, "b"),
      ),
    ).toEqual({ a: [`${type}.x`, `${type}.y`], b: [`${type}.z`] });
  });

  it("an instance, by the name of its profile", () => {
    const profile = {
      address: "aws_iam_instance_profile.p",
      values: { name: "profile", role: "b" },
    };
    const instance = {
      address: "aws_instance.i",
      values: { iam_instance_profile: "profile" },
    };
    const template = {
      address: "aws_launch_template.t",
      values: {
        iam_instance_profile: [{ name: null, arn: "arn:aws:iam::1:instance-profile/profile" }],
      },
    };

    expect(runsOf(profile, instance, template)).toEqual({
      a: [],
      b: ["aws_instance.i", "aws_launch_template.t"],
    });
  });

  it("nothing by a role that is not in the file, or of another kind", () => {
    const others = [
      { address: "aws_lambda_function.x", values: { role: "arn:aws:iam::1:role/c" } },
      { address: "aws_lambda_permission.x", values: { role: "arn:aws:iam::1:role/a" } },
      {
        address: "aws_ecs_task_definition.x",
        values: { execution_role_arn: "arn:aws:iam::1:role/a" },
      },
      { address: "aws_batch_job_definition.x", values: { container_properties: "{" } },
      { address: "aws_instance.x", values: { iam_instance_profile: "unknown" } },
      { address: "aws_lambda_function.y", values: { role: null } },
    ];

    expect(runsOf(...others)).toEqual({ a: [], b: [] });
  });
});
