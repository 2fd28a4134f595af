import { accountLists, type HoldEntry } from "../aws-account/account-lists.js";
import {
  isObject,
  type JsonObject,
  objectIn,
  property,
  textIn,
  textsOf,
} from "../json/json-value.js";
import { items, members, type Selection } from "../json/selection.js";
import { COMPUTE_TYPES } from "../terraform/compute.js";
import { IAM_TYPES, OUTSIDE_TYPES } from "../terraform/iam-file.js";
import type { PassedOverResources } from "../terraform/passed-over-resources.js";
import { rawInstance } from "../terraform/read-state.js";
import type { UnreadInstances } from "../terraform/unread-instances.js";

/** Data sources whose values are read. */
const DATA_TYPES = new Set(["aws_iam_policy", "aws_iam_policy_document"]);

/** The types of all that is read. */
const READ_TYPES = [IAM_TYPES, COMPUTE_TYPES, OUTSIDE_TYPES, DATA_TYPES];

/** A resource of most types is nothing but a place: what it holds is most of a large file. */
function isRead(resource: Readonly<Record<string, unknown>>): boolean {
  const type = textIn(resource, "type");
  return type === undefined || READ_TYPES.some((types) => types.has(type));
}

/** All members, one by one: policies are texts of their own, and many of them are the same. */
const EACH: Selection = members({ inline_policy: items(members({}, "all")) }, "all");

/** What is held of a resource that is in a list. */
type HoldResource = (resource: unknown) => unknown;

/** Nothing of a resource that is not read. */
const holdRead: HoldResource = (resource) =>
  isObject(resource) && !isRead(resource) ? undefined : resource;

/** Of resources that are not read the first: it tells that there are some. */
function holdReadAndFirst(passedOver?: PassedOverResources): HoldResource {
  let isFirst = true;
  return (resource) => {
    const isHeld = isFirst || holdRead(resource) !== undefined;
    isFirst &&= holdRead(resource) !== undefined;
    return isHeld && passedOver?.passes(resource) !== true ? resource : undefined;
  };
}

/** The root module of a plan or a state as `terraform show -json` has it, and the modules in it. */
function valuesWith(values: Selection, hold?: HoldResource): Selection {
  const module: Selection = members({
    address: "all",
    resources: items(
      members({
        address: "all",
        mode: "all",
        type: "all",
        name: "all",
        index: "all",
        deposed_key: "all",
        values,
      }),
      hold,
    ),
    child_modules: items(() => module),
  });
  return members({ root_module: module });
}

const READ_VALUES: Selection = (before) => (isRead(before) ? EACH : "nothing");

/** A plan refers to resources of all types, by their addresses. */
function holdReadAnd({ unread, passedOver }: Needed): HoldResource {
  return (resource) => {
    const isLeftOut =
      holdRead(resource) === undefined
        ? unread?.add(resource) !== false
        : passedOver?.passes(resource, unread) === true;
    return isLeftOut ? undefined : resource;
  };
}

/** Whether it may be a policy that was looked up. */
function isLookedUp(resource: unknown): boolean {
  return [undefined, "aws_iam_policy"].includes(textIn(resource, "type"));
}

/** What was looked up before the plan: nothing else of it is read. */
const PRIOR_VALUES = valuesWith(
  (before) => (isLookedUp(before) ? EACH : "nothing"),
  (resource) => (isLookedUp(resource) ? resource : undefined),
);

const READ_CHANGE = members({ actions: "all", before: EACH });

/** What the apply does: it ends up as planned, so what is there before it is enough. */
const CHANGE: Selection = members({
  address: "all",
  mode: "all",
  type: "all",
  deposed: "all",
  change: (before) => (isRead(before) ? READ_CHANGE : "nothing"),
});

const NO_MEMBERS: JsonObject = {};

/** What is held of a role that is only made, besides its address. */
const MADE = { actions: ["create"], before: null };

/** What is held of a role that stays as it is: it says nothing of anybody. */
const UNTOUCHED = {
  mode: "managed",
  type: "aws_iam_role",
  change: { actions: ["no-op"], before: {} },
};

/** Of a role that is made or stays as it is, the plan says all in its values: there may be hundreds of thousands. */
const holdChange: HoldResource = (resource) => {
  const { address, mode, type, deposed, change } = isObject(resource) ? resource : NO_MEMBERS;
  if (type !== "aws_iam_role" || mode !== "managed" || deposed !== undefined) {
    return holdRead(resource);
  }
  const [action, ...others] = textsOf(property(change, "actions"));
  const before = property(change, "before");
  if (others.length > 0) {
    return resource;
  }
  if (action === "no-op" && isObject(before)) {
    return UNTOUCHED;
  }
  return action === "create" && before === null ? { address, mode, type, change: MADE } : resource;
};

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

const holdReadDeferred: HoldResource = (deferred) =>
  isRead(objectIn(deferred, "resource_change")) ? deferred : undefined;

const READ_INSTANCE = members({ attributes: EACH }, "all");
const READ_INSTANCES = items(READ_INSTANCE);
const OTHER_INSTANCES = items(members({ deposed: "all", index_key: "all" }));

/** A resource in a `terraform.tfstate`. */
function rawResource(passedOver: PassedOverResources | undefined): Selection {
  return members({
    module: "all",
    mode: "all",
    type: "all",
    name: "all",
    instances: (before) => {
      if (!isRead(before)) {
        return OTHER_INSTANCES;
      }
      return passedOver === undefined
        ? READ_INSTANCES
        : items(READ_INSTANCE, (instance) =>
            passedOver.passes(rawInstance(before, instance).resource) ? undefined : instance,
          );
    },
  });
}

/** Of resources whose instances are all passed over nothing. */
function holdRaw(passedOver: PassedOverResources | undefined): HoldResource {
  const hold = holdReadAndFirst();
  return (resource) => {
    const instances = property(resource, "instances");
    const isEmpty = passedOver !== undefined && Array.isArray(instances) && instances.length === 0;
    return isEmpty ? undefined : hold(resource);
  };
}

/** What is held of a file. */
interface Needed {
  /** What is held of those whom an account has. @default all of them */
  readonly hold?: HoldEntry | undefined;
  /** Takes the instances that a plan may refer to, and that are not held. @default they are left out */
  readonly unread?: UnreadInstances | undefined;
  /** Those of a plan or a state of whom nothing is held. @default all are */
  readonly passedOver?: PassedOverResources | undefined;
}

/**
 * What is needed of a file, whatever it turns out to be: of a plan and a state the resources of IAM, of other
 * resources where they are; all of anything else.
 */
export function neededOfFile(needed: Needed = {}): Selection {
  const { hold, passedOver } = needed;
  return members(
    {
      planned_values: valuesWith(READ_VALUES, holdReadAnd(needed)),
      values: valuesWith(READ_VALUES, holdReadAndFirst(passedOver)),
      prior_state: members({ values: PRIOR_VALUES }),
      resource_changes: items(CHANGE, (change) =>
        passedOver?.passesChange(change) === true ? undefined : holdChange(change),
      ),
      deferred_changes: items(DEFERRED, holdReadDeferred),
      resources: items(rawResource(passedOver), holdRaw(passedOver)),
      ...accountLists(hold),
      resource_drift: "nothing",
      output_changes: "nothing",
      relevant_attributes: "nothing",
    },
    "all",
  );
}
