import { textIn } from "../json/json-value.js";
import { items, members, type Selection } from "../json/selection.js";
import { COMPUTE_TYPES } from "../terraform/compute.js";
import { IAM_TYPES } from "../terraform/iam-file.js";

/** Data sources whose values are read. */
const DATA_TYPES = new Set(["aws_iam_policy", "aws_iam_policy_document"]);

/** A resource of most types is nothing but a place: what it holds is most of a large file. */
function isRead(resource: Readonly<Record<string, unknown>>): boolean {
  const type = textIn(resource, "type");
  return (
    type === undefined || IAM_TYPES.has(type) || COMPUTE_TYPES.has(type) || DATA_TYPES.has(type)
  );
}

/** All members, one by one: policies are texts of their own, and many of them are the same. */
const EACH: Selection = members({}, "all");

const allOfRead = (before: Readonly<Record<string, unknown>>): Selection =>
  isRead(before) ? EACH : "nothing";

/** A module as `terraform show -json` has it, in a plan and in a state. */
const MODULE: Selection = members({
  address: "all",
  resources: items(
    members({
      address: "all",
      mode: "all",
      type: "all",
      name: "all",
      index: "all",
      deposed_key: "all",
      values: allOfRead,
    }),
  ),
  child_modules: items(() => MODULE),
});

const VALUES: Selection = members({ root_module: MODULE });

/** What was looked up before the plan: nothing else of it is read. */
const PRIOR_MODULE: Selection = members({
  address: "all",
  resources: items(
    members({
      address: "all",
      mode: "all",
      type: "all",
      values: (before) =>
        [undefined, "aws_iam_policy"].includes(textIn(before, "type")) ? "all" : "nothing",
    }),
  ),
  child_modules: items(() => PRIOR_MODULE),
});

const READ_CHANGE = members({ actions: "all", before: EACH });
const OTHER_CHANGE = members({ actions: "all" });

/** What the apply does: it ends up as planned, so what is there before it is enough. */
const CHANGE: Selection = members({
  address: "all",
  mode: "all",
  type: "all",
  deposed: "all",
  change: (before) => (isRead(before) ? READ_CHANGE : OTHER_CHANGE),
});

const DEFERRED_CHANGE = members({ before: EACH, after: EACH });

/** What Terraform puts off to a later apply: that is in no other part of the plan. */
const DEFERRED: Selection = members({
  resource_change: members({
    address: "all",
    module_address: "all",
    mode: "all",
    type: "all",
    name: "all",
    index: "all",
    change: (before) => (isRead(before) ? DEFERRED_CHANGE : "nothing"),
  }),
});

const READ_INSTANCES = items(members({ attributes: EACH }, "all"));
const OTHER_INSTANCES = items(members({ deposed: "all", index_key: "all" }));

/** A resource in a `terraform.tfstate`. */
const RAW_RESOURCE: Selection = members({
  module: "all",
  mode: "all",
  type: "all",
  name: "all",
  instances: (before) => (isRead(before) ? READ_INSTANCES : OTHER_INSTANCES),
});

/**
 * What is needed of a file, whatever it turns out to be: of a plan and a state the resources of IAM, of other
 * resources where they are; all of anything else.
 */
export const NEEDED_OF_FILE: Selection = members(
  {
    planned_values: VALUES,
    values: VALUES,
    prior_state: members({ values: members({ root_module: PRIOR_MODULE }) }),
    resource_changes: items(CHANGE),
    deferred_changes: items(DEFERRED),
    resources: items(RAW_RESOURCE),
    // Of an account, one after the other: each is as long as the account is large.
    UserDetailList: items("all"),
    GroupDetailList: items("all"),
    RoleDetailList: items("all"),
    Policies: items("all"),
    resource_drift: "nothing",
    output_changes: "nothing",
    relevant_attributes: "nothing",
  },
  "all",
);
