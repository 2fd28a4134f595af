import { BUCKET_GRANTS } from "../remotion/bucket-grants.js";
import { CALLER_LOGS } from "../remotion/caller-logs.js";
import { adviceOn } from "./advice.js";
import { allowedBy, type Holder, keyModules } from "./allowed-by.js";
import type { AllowedBy, MadeCall } from "./answer.js";
import type { Asker } from "./asker.js";
import { callsLike, isFunction, isSameAction, type LikeCall, madeCalls } from "./calls-like.js";
import type { DeniedRequest } from "./denial.js";

/** What of Remotion's a request is. */
export interface Found {
  readonly calls: readonly MadeCall[];
  /** The calls as the table has them; none of what the table does not have. */
  readonly like: readonly LikeCall[];
  readonly allowed: readonly AllowedBy[];
  /** The same by whose policy it is, the likeliest first. */
  readonly perHolder: ReadonlyMap<Holder, readonly AllowedBy[]>;
  /** Whether Remotion makes the call as somebody else. */
  readonly isOther: boolean;
  readonly advice: readonly string[];
}

/** The calls of Remotion's that a request may be, and what allows them; undefined where it is none. */
export function findCalls(request: DeniedRequest, asker: Asker): Found | undefined {
  const logs = callerLogs(request, asker);
  if (logs !== undefined) {
    return logs;
  }
  if (request.action.startsWith("kms:")) {
    return bucketKey(request, asker);
  }
  const all = callsLike(request.action, request.resource).filter(
    ({ foreign }) => foreign !== "function",
  );
  const chosen = chosenCalls(all, asker);
  if (chosen === undefined) {
    return undefined;
  }
  const { like, isOther } = chosen;
  const holders = holdersOf(like, asker);
  const perHolder = new Map<Holder, readonly AllowedBy[]>(
    holders.map((holder) => {
      const calls = like.filter((call) => isFunction(call) === (holder === "function"));
      return [holder, allowedBy(holder, { ...request, calls })] as const;
    }),
  );
  // What a function may never do by itself is done beforehand by whoever deploys.
  const isForDeployer =
    [...perHolder.values()].every(({ length }) => length === 0) &&
    like.every(({ call }) => call.option === "newBucket");
  if (isForDeployer) {
    const calls = callsLike(request.action, request.resource).filter((call) => !isFunction(call));
    perHolder.set("user", allowedBy("user", { ...request, calls }));
    perHolder.delete("function");
  }
  return {
    like,
    calls: madeCalls(like),
    perHolder,
    allowed: distinct([...perHolder.values()].flat()),
    isOther: isOther || isForDeployer,
    advice: adviceOn(request, asker, like, isOther),
  };
}

/** The calls of whoever asked; those of others only where there are none. */
function chosenCalls(
  all: readonly LikeCall[],
  { kind }: Asker,
): { readonly like: readonly LikeCall[]; readonly isOther: boolean } | undefined {
  const ofAsker = (call: LikeCall) =>
    kind === "unknown" ||
    kind === "nobody" ||
    isFunction(call) === (kind === "role of the functions");
  const own = all.filter(ofAsker);
  const others = all.filter((call) => !ofAsker(call));
  const like = [own, others].map(exactOrForeign).find(({ length }) => length > 0);
  // A role of another name may well be the one that the functions run as.
  return like === undefined ? undefined : { like, isOther: own.length === 0 && kind !== "role" };
}

/** What fits Remotion's own names, and what is usual before what an option is needed for. */
function exactOrForeign(calls: readonly LikeCall[]): readonly LikeCall[] {
  const exact = calls.filter(({ foreign }) => foreign === undefined);
  return exact.length > 0 ? exact : calls;
}

function holdersOf(like: readonly LikeCall[], { kind }: Asker): Holder[] {
  const byCaller: Holder[] =
    kind === "user" ? ["user"] : kind === "role" ? ["caller"] : ["user", "caller"];
  return [
    ...(like.some((call) => !isFunction(call)) ? byCaller : []),
    ...(like.some(isFunction) ? (["function"] as const) : []),
  ];
}

/** A Lambda function that calls Remotion writes logs of its own. */
function callerLogs({ action, resource = "" }: DeniedRequest, asker: Asker): Found | undefined {
  const [, name] = /:log-group:\/aws\/lambda\/([A-Za-z0-9_-]{1,64})(?::|$)/.exec(resource) ?? [];
  const isOwn = CALLER_LOGS.actions.some((one) => isSameAction(one, action));
  if (
    name === undefined ||
    !isOwn ||
    asker.kind === "user" ||
    name.startsWith("remotion-render-")
  ) {
    return undefined;
  }
  const inputs = [`log_function_names = [${JSON.stringify(name)}]`];
  const allowed = [
    { module: "remotion-execution-role", inputs },
    { module: "remotion-lambda", inputs: ["create_execution_role = true", ...inputs] },
  ];
  return {
    like: [],
    calls: [],
    perHolder: new Map([["caller", allowed]]),
    allowed,
    isOther: false,
    advice: [
      "It is not Remotion that asks, but Lambda, for the logs of the function that calls Remotion.",
      "A role that the modules do not make gets the same by AWS's policy AWSLambdaBasicExecutionRole.",
    ],
  };
}

/** Renders in a bucket that encrypts with a key of one's own. */
function bucketKey({ action, resource }: DeniedRequest, asker: Asker): Found | undefined {
  if (!BUCKET_GRANTS.some(({ actions }) => actions.some((one) => isSameAction(one, action)))) {
    return undefined;
  }
  const isReading = isSameAction(action, "kms:Decrypt");
  const holder: Holder =
    isReading && asker.kind === "user"
      ? "user"
      : isReading && asker.kind === "role"
        ? "caller"
        : "function";
  const allowed = keyModules(holder, action, resource);
  const when = "The bucket encrypts with a KMS key of your own.";
  const calls: readonly MadeCall[] =
    holder === "function"
      ? [{ api: "rendering", situation: "output bucket", by: "function", action, when }]
      : ["downloadMedia()", "presignUrl()", "getRenderProgress()"].map((api) => ({
          api,
          situation: "output bucket",
          by: "caller",
          action,
          when,
        }));
  return {
    like: [],
    calls,
    perHolder: new Map([[holder, allowed]]),
    allowed,
    isOther: holder === "function" && asker.kind === "user",
    advice: [
      "S3 uses the key on behalf of whoever writes or reads: the output bucket's entry has to name it by kms_key_arn, as a key's ARN and not as an alias.",
      "The policy of the key decides as well: it has to let the account's policies do so, and a key of another account has to name the role.",
    ],
  };
}

function distinct(allowed: readonly AllowedBy[]): AllowedBy[] {
  return [...new Map(allowed.map((one) => [JSON.stringify(one), one])).values()];
}
