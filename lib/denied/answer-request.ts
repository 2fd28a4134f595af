import { RECORDED_CALLS } from "../deployer/recorded-calls.js";
import { REMOTION_VERSION } from "../remotion/release.js";
import { KNOWN_RELEASES, needsOfRelease } from "../remotion/releases.js";
import { RESOURCE_KINDS } from "../remotion/resource-kinds.js";
import { USER_STATEMENTS } from "../remotion/user-statements.js";
import { narrowedAdvice, oldFormAdvice, toleranceAdvice } from "./advice.js";
import type { Answer } from "./answer.js";
import { type Asker, askerOf } from "./asker.js";
import { callsLike, isSameAction, isUnreadable } from "./calls-like.js";
import type { DeniedRequest } from "./denial.js";
import { findCalls } from "./find-calls.js";
import { otherPolicy } from "./other-policy.js";
import { verifyAll } from "./proving-commands.js";
import { answerTrust, isTrustRequest } from "./trust-answer.js";

/** What is to be said of a request that was denied. */
export function answerRequest(request: DeniedRequest): Answer {
  const { kind: _kind, ...denied } = request;
  const asker = askerOf(request);
  const common = { denied, sentence: sentenceOf(request, asker), calls: [], allowedBy: [] };
  if (isTrustRequest(request)) {
    return { ...common, ...answerTrust(request) };
  }
  const found =
    findCalls(request, asker) ??
    (isUnreadable(request.resource)
      ? findCalls({ ...request, resource: undefined }, asker)
      : undefined);
  if (found === undefined) {
    return { ...common, ...notRemotion(request, asker) };
  }
  const { calls, allowed, perHolder, advice } = found;
  if (asker.kind === "nobody") {
    return {
      ...common,
      calls,
      side: "public access",
      advice: [
        "The request carried no credentials, so no policy of a user or a role is asked: sites, and renders that are read by their address, have to be public.",
        "getOrCreateBucket() gives a new bucket a policy by which everybody may read. A private render is read by presignUrl(); a private site needs privacy no-acl and a bucket policy, or serveUrl elsewhere.",
      ],
      commands: [],
    };
  }
  const other = otherPolicy(request, asker, perHolder);
  if (other !== undefined) {
    return { ...common, calls, ...other };
  }
  return {
    ...common,
    side: found.isOther ? "principal" : allowed.length === 0 ? "no policy" : "input",
    calls,
    allowedBy: allowed,
    advice: [
      ...advice,
      ...(allowed.length === 0 ? [] : narrowedAdvice(request, found.like)),
      ...oldFormAdvice(request),
      ...toleranceAdvice(calls),
    ],
    commands: verifyAll(asker, request.resource, perHolder),
  };
}

function notRemotion(
  { action, resource }: DeniedRequest,
  asker: Asker,
): Pick<Answer, "side" | "advice" | "commands"> {
  const known = callsLike(action, undefined);
  const places = [...new Set(known.map(({ call }) => placeOf(call.resource)))];
  const isFormer = [...USER_STATEMENTS, ...needsOfRelease(KNOWN_RELEASES.oldest).user].some(
    ({ actions }) => actions.some((one) => isSameAction(one, action)),
  );
  const isOfDeployer = Object.values(RECORDED_CALLS.modules).some((calls) =>
    calls.some((call) => isSameAction(call.action, action)),
  );
  const who = asker.kind === "unknown" ? "Whoever asked" : asker.words;
  return {
    side: "not Remotion",
    advice: [
      ...(known.length > 0
        ? [
            `Remotion ${REMOTION_VERSION} makes ${action} on ${places.join("; ")}, and not on ${resource ?? "this"}.`,
            ...(known.some(({ call }) => call.resource.includes("{function"))
              ? [
                  "If the function is Remotion's under a name of your own, function_names has to name it.",
                ]
              : []),
          ]
        : isOfDeployer && !isFormer
          ? [`Remotion ${REMOTION_VERSION} makes no such call.`]
          : isFormer
            ? [
                `Remotion ${REMOTION_VERSION} does not make this call; an older release may: give its version to \`npx remotion-lambda-terraform policy user --remotion VERSION\`, or update @remotion/lambda.`,
              ]
            : [`Remotion ${REMOTION_VERSION} makes no such call, and no module here allows it.`]),
      ...(isOfDeployer
        ? [
            "Terraform makes this call where it plans or applies one of these modules: `policy deployer` prints what whoever applies needs, with --module, --for and --input as you use them.",
          ]
        : [
            `${who.charAt(0).toUpperCase()}${who.slice(1)} does something else as well, and needs a policy of its own for that.`,
          ]),
    ],
    commands: [
      isOfDeployer
        ? "npx remotion-lambda-terraform policy deployer"
        : "npx remotion-lambda-terraform explain",
    ],
  };
}

/** What is not in the stock policies, by what stands for it in the table of calls. */
const OWN: readonly (readonly [place: string, words: string])[] = [
  ["{ownBucket}", "buckets of your own"],
  ["{ownRole}", "a role of your own"],
  ["{ownLayer}", "layers of your own"],
  ["{caller}", "whoever calls"],
];

function placeOf(template: string): string {
  return (
    RESOURCE_KINDS.find((kind) => kind.template === template)?.scope ??
    OWN.find(([place]) => template.includes(place))?.[1] ??
    template
  );
}

function sentenceOf({ action, resource, policy, explicit }: DeniedRequest, asker: Asker): string {
  const what = resource === undefined ? action : `${action} on ${resource}`;
  const who = asker.kind === "unknown" ? "" : ` to ${asker.words}`;
  const article = policy === "identity-based policy" ? "an" : "a";
  const why =
    policy === undefined
      ? explicit
        ? ": a policy denies it explicitly"
        : ""
      : policy === "S3 Block Public Access"
        ? ": S3 Block Public Access forbids it"
        : explicit
          ? `: ${article} ${policy} denies it explicitly`
          : `: no ${policy} allows it`;
  return `${what} is denied${who}${why}.`;
}
