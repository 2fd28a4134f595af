/** The call of the table that a request is made for. */
export interface RequestedCall {
  readonly api: string;
  readonly situation: string;
  /** The call's resource as the table has it. */
  readonly resource: string;
}

/** What a request says in its parameters and headers, as far as conditions can ask for it. */
export interface RequestParameters {
  /** Header `x-amz-acl`. @default it is not sent */
  readonly acl?: string;
  /** Header `if-none-match`. @default it is not sent */
  readonly ifNoneMatch?: string;
  /** Parameter `prefix`; null where S3 asks for the permission to list by itself. @default it is not sent */
  readonly prefix?: string | null;
  /** Signed in its address, not in a header. @default false */
  readonly presigned?: boolean;
}

type Kinds = readonly RequestParameters[];

const PLAIN: Kinds = [{}];
const PRIVATE: RequestParameters = { acl: "private" };
/** What `privacy: "public"` sends, which is the default. */
const PUBLIC: RequestParameters = { acl: "public-read" };
/** The finished video, which overwrites nothing unless `overwrite` is true. */
const VIDEO: RequestParameters = { ...PUBLIC, ifNoneMatch: "*" };
const PRESIGNED: RequestParameters = { presigned: true };

const ALL_SITES: RequestParameters = { prefix: "sites/" };
const ONE_SITE: RequestParameters = { prefix: "sites/my-site/" };
const ONE_RENDER: RequestParameters = { prefix: "renders/abc1234567" };
/** An object was asked for that is not there: S3 says so only to whoever may list the bucket. */
const BY_S3: RequestParameters = { prefix: null };

/** What each API lists in a bucket, with the names that samples of requests have. */
const LISTED: Readonly<Record<string, Kinds>> = {
  deploySite: [ONE_SITE],
  deploySiteFromBundle: [ONE_SITE],
  deleteSite: [ONE_SITE],
  getSites: [ALL_SITES],
  deleteRender: [ONE_RENDER],
  getRenderProgress: [BY_S3],
  presignUrl: [BY_S3],
  "remotion lambda render": [BY_S3],
  "remotion lambda sites create": [ONE_SITE],
  "remotion lambda sites ls": [ALL_SITES],
  "remotion lambda sites rm": [ALL_SITES, ONE_SITE],
  "remotion lambda sites rmall": [ALL_SITES, ONE_SITE],
  rendering: [BY_S3],
};

/** What a function writes. */
interface Written {
  readonly output: Kinds;
  /** Progress, chunks: what goes with a render. */
  readonly beside: Kinds;
}

/** What the deployed function writes, by its routine. */
const WRITTEN: Readonly<Record<string, Written>> = {
  start: { output: [], beside: [PRIVATE] },
  launch: { output: [VIDEO], beside: [PRIVATE] },
  renderer: { output: [], beside: [PRIVATE] },
  still: { output: [PUBLIC], beside: [PRIVATE] },
};

const ANYTHING_WRITTEN: Written = { output: [VIDEO, PUBLIC], beside: [PRIVATE] };

/** Who downloads through an address that is signed; all others of the table ask S3 directly. */
const DOWNLOADS: Readonly<Record<string, Kinds>> = {
  downloadMedia: [PRESIGNED],
  presignUrl: [{}, PRESIGNED],
  "remotion lambda render": [{}, PRESIGNED],
  "remotion lambda still": [PRESIGNED],
};

/** The folders of a bucket that hold what Remotion passes on, and nothing to look at. */
const OF_PROPS = ["input-props", "resolved-props"];

/** Objects that go with a render and are no output. */
const BESIDE_OUTPUT = /\/(?:progress|cancel)\.json$/;

/**
 * What the requests for a permission say: one entry for each kind of request that is made, all of which
 * have to be allowed. What is said only if an option of Remotion is given is left out.
 *
 * @param resource an ARN, of the table or of a sample
 * @param call the call that it is asked for. @default all kinds that any call makes
 */
export function requestParameters(
  action: string,
  resource: string,
  call?: Omit<RequestedCall, "resource">,
): readonly RequestParameters[] {
  switch (action) {
    case "s3:ListBucket":
      return call === undefined ? all(LISTED) : (LISTED[call.api] ?? [BY_S3]);
    case "s3:PutObject":
      return uploads(resource, call);
    case "s3:PutObjectAcl":
      return distinctAcls(uploads(resource, call));
    case "s3:PutBucketAcl":
      return [PRIVATE];
    case "s3:GetObject":
      return downloads(objectKey(resource), call);
    default:
      return PLAIN;
  }
}

type Caller = Omit<RequestedCall, "resource"> | undefined;

function uploads(resource: string, call: Caller): Kinds {
  const key = objectKey(resource);
  const [folder = ""] = key.split("/", 1);
  if (folder === "sites") {
    return [PUBLIC];
  }
  if (OF_PROPS.includes(folder) || BESIDE_OUTPUT.test(key)) {
    return [PRIVATE];
  }
  const { output, beside } = WRITTEN[call?.situation ?? ""] ?? ANYTHING_WRITTEN;
  // Nothing but the output goes into a bucket of one's own.
  return folder === "renders" && !resource.includes("{ownBucket}")
    ? [...output, ...beside]
    : output;
}

function downloads(key: string, call: Caller): Kinds {
  const [folder = ""] = key.split("/", 1);
  if (folder === "sites" || OF_PROPS.includes(folder) || BESIDE_OUTPUT.test(key)) {
    return PLAIN;
  }
  return call === undefined ? [{}, PRESIGNED] : (DOWNLOADS[call.api] ?? PLAIN);
}

/** The key in the ARN of an object. */
function objectKey(arn: string): string {
  return arn.slice(arn.indexOf("/") + 1);
}

/** Who may set an ACL is asked for the ACL, whatever else the request says. */
function distinctAcls(kinds: Kinds): Kinds {
  return [PUBLIC, PRIVATE].filter(({ acl }) => kinds.some((kind) => kind.acl === acl));
}

function all(kinds: Readonly<Record<string, Kinds>>): Kinds {
  return [...new Set(Object.values(kinds).flat())];
}
