import { textIn } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import type { StateResource } from "../reading/read-state-resources.js";
import type { AdoptingModule } from "./adopting-modules.js";
import type { Source } from "./adoption.js";
import type { AdoptionRequest } from "./adoption-request.js";
import type { SetUp } from "./set-up.js";
import type { StateIndex, Witness } from "./state-index.js";

/** A resource is where it belongs already. */
export function inModuleNote(to: string): string {
  return `${to} is in the module already.`;
}

/** A resource's place in the module is taken by another. */
export function occupiedNote(to: string, id: string): string {
  return `${to} is something else already, so ${JSON.stringify(id)} cannot come there: move the other away with \`terraform state mv\`, and run this again.`;
}

/** A resource's address cannot be written into a configuration as it is. */
export function unwritableNote(from: string, to: string): string {
  return `${shownAddress(from)} has an address that is not written here: move it with \`terraform state mv\`, to ${to}.`;
}

/** Nothing says whether a policy is attached. */
export function attachedAnewNote(to: string): string {
  return `${to} is added: the state does not say whether the policy is attached. If it is, attaching it again changes nothing in AWS.`;
}

/** A policy is there, and not attached. */
export function notAttachedNote(to: string): string {
  return `${to} is added: the account has the policy, and not attached.`;
}

/** Something is imported because another resource says that it exists. */
export function witnessNote(to: string, { resource, argument }: Witness): string {
  const address = shownAddress(resource.address);
  switch (argument) {
    case "inline_policy":
      return `${to} is imported: ${address} names it in inline_policy, for which the module has a resource of its own.`;
    case "managed_policy_arns":
      return `${to} is imported: ${address} names it in managed_policy_arns. If a role that stays outside the module sets this argument, give the role an aws_iam_role_policy_attachment for each other policy instead, or the two undo each other's work.`;
    case "roles":
    case "users":
      return `${to} is imported: ${address} made the attachment.`;
  }
}

/** Types of resources that see to it that nothing is attached but what they name. */
const EXCLUSIVE = /^aws_iam_(role|user)_polic(ies|y_attachments)_exclusive$/;

/** What holds parts of the set-up in a form that cannot be moved, and the way out. */
export function otherShapeNotes(setUp: SetUp, state: StateIndex): string[] {
  const { user, role, callers } = setUp;
  const arns = [
    callers?.policyArn,
    ...[user?.policy, role?.policy].map((policy) =>
      policy?.type === "managed" ? policy.arn : undefined,
    ),
  ];
  return state.all.flatMap((resource) => {
    const address = shownAddress(resource.address);
    if (resource.type === "aws_iam_policy_attachment") {
      return arns.includes(textIn(resource.values, "policy_arn"))
        ? [
            `${address} cannot be moved: an aws_iam_policy_attachment stands for all attachments of the policy, and destroying it detaches the policy from everybody. Before the apply, remove its block and run \`terraform state rm '${address}'\`.`,
          ]
        : [];
    }
    return EXCLUSIVE.test(resource.type) && isAbout(resource, setUp)
      ? [
          `${address} stays where it is. See that it names the policy as the module does, or remove it: destroying it changes nothing in AWS.`,
        ]
      : [];
  });
}

function isAbout({ values }: StateResource, { user, role }: SetUp): boolean {
  const [ofRole, ofUser] = [textIn(values, "role_name"), textIn(values, "user_name")];
  return (
    (ofRole !== undefined && ofRole === role?.name) ||
    (ofUser !== undefined && ofUser === user?.name)
  );
}

/** What the module could hold and the state, or the account, lacks. */
export function absentNotes(
  source: Source,
  module: AdoptingModule,
  request: AdoptionRequest,
  { user, role, callers }: SetUp,
  held: readonly string[],
): string[] {
  const has = held.length === 0 ? "" : ` (it has ${held.slice(0, 8).map(shownAddress).join(", ")})`;
  const ways =
    source === "state"
      ? "If it was made by hand, give --account for an import block; if it has another name, give that"
      : "If it has another name, give that";
  return [
    ...(module.user && request.user && user === undefined
      ? [
          `The ${source} has no user ${request.user.name}${has}, so the module shall make none. ${ways}.`,
        ]
      : []),
    ...(module.role && role === undefined
      ? [`The ${source} has no role ${request.role.name}${has}, so the module makes one. ${ways}.`]
      : []),
    ...(module.role && role !== undefined && role.policy === undefined
      ? [
          `The ${source} has no policy ${request.role.policyName} of the role ${role.name}${has}, so the module makes one. ${ways}.`,
        ]
      : []),
    ...(module.user && user !== undefined && user.policy === undefined
      ? [
          `The ${source} has no policy ${request.user?.policyName} of the user ${user.name}${has}, so the module makes one. ${ways}.`,
        ]
      : []),
    ...(module.callers && request.callers && callers === undefined
      ? [
          `The ${source} has no managed policy ${request.callers.policyName}${has}, so the module shall make none. ${ways}.`,
        ]
      : []),
  ];
}
