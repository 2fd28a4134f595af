import { TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { Random } from "../../differential/support/random.js";

/*
 * Props of constructs, as good and bad as they come: plain values, tokens, texts with tokens in them, and
 * what no type would let through. What each turns out to be is told beside it. Nothing of lib is in here.
 */

/** A value as a construct gets it, with what Terraform makes of it. */
interface Drawn<Final> {
  /** What the construct is given. Tokens belong to the scope. */
  readonly given: (scope: Construct) => unknown;
  /** What it stands for; undefined where no type allows it. */
  readonly final: Final | undefined;
}

/** What a text may be. */
export type TextSort = keyof typeof GOOD_TEXTS;

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** Good texts of each sort. */
export const GOOD_TEXTS = {
  name: ["video", "acme.video-role", "r1"],
  path: ["/", "/video/", "/team/video/"],
  region: ["eu-central-1", "us-east-1"],
  account: ["123456789012"],
  bucket: ["acme-videos", "acme.raw", "remotionlambda-useast1-abc"],
  prefix: ["", "finished/", "a/b/"],
  function: ["remotion-render-4-0-527", "video_api"],
  layer: ["arn:aws:lambda:eu-central-1:123456789012:layer:fonts:3"],
  key: [KEY],
  boundary: ["arn:aws:iam::123456789012:policy/boundary"],
  service: ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com"],
  principal: ["arn:aws:iam::210987654321:role/video-api", "arn:aws:iam::210987654321:root"],
  externalId: ["acme-4f1c9e07"],
} as const;

const WILD = [
  "*",
  "?",
  "**",
  "a*",
  "*/",
  "/*",
  "${aws:username}",
  "",
  " ",
  "a b/",
  "x/../*",
  "arn:aws:s3:::*",
];

const WRONG: readonly unknown[] = [
  null,
  0,
  7,
  true,
  {},
  [],
  ["*"],
  { name: "*" },
  new Map([["*", "*"]]),
  () => "*",
];

/** An empty list is a list. */
const WRONG_LISTS = WRONG.filter((value) => !(Array.isArray(value) && value.length === 0));

/** A token of a value that Terraform knows and CDKTF does not. */
function tokenOf(scope: Construct, value: unknown): TerraformLocal {
  return new TerraformLocal(scope, `token${scope.node.children.length}`, escaped(value));
}

/** A value that Terraform takes as it is. */
function escaped(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll("${", () => "$${"));
}

/** A text: good, wild, or of another type. */
function drawText(random: Random, sort: TextSort): Drawn<string> {
  const good: string = random.pick(GOOD_TEXTS[sort]);
  const wild = () => (random.chance(0.5) ? random.pick(WILD) : `${good}${random.pick(WILD)}`);
  const cut = random.below(good.length + 1);
  const [head, tail] = [good.slice(0, cut), good.slice(cut)];
  switch (random.below(12)) {
    case 0:
    case 1:
      return { given: () => good, final: good };
    case 2: {
      const text = wild();
      return { given: () => text, final: text };
    }
    case 3:
    case 4:
      return { given: (scope) => tokenOf(scope, good).asString, final: good };
    case 5: {
      const text = wild();
      return { given: (scope) => tokenOf(scope, text).asString, final: text };
    }
    case 6:
    case 7:
      return { given: (scope) => `${head}${tokenOf(scope, tail).asString}`, final: good };
    case 8:
      return {
        given: (scope) => `${tokenOf(scope, head).asString}${tokenOf(scope, tail).asString}`,
        final: good,
      };
    case 9: {
      // Wild where it is known, or where Terraform alone sees it.
      const text = wild();
      return random.chance(0.5)
        ? { given: (scope) => `${text}${tokenOf(scope, good).asString}`, final: `${text}${good}` }
        : { given: (scope) => `${good}${tokenOf(scope, text).asString}`, final: `${good}${text}` };
    }
    case 10: {
      const text = wild();
      const inside = (scope: Construct) => `${tokenOf(scope, text).asNumber}`;
      return { given: (scope) => `${head}${inside(scope)}`, final: `${head}${text}` };
    }
    default: {
      const wrong = random.pick(WRONG);
      return { given: () => wrong, final: undefined };
    }
  }
}

/** A list of texts, or a token of one, in each form that CDKTF has for it. */
function drawTexts(random: Random, sort: TextSort): Drawn<readonly string[]> {
  if (random.chance(0.1)) {
    const wrong = random.pick([
      ...WRONG_LISTS,
      random.pick(GOOD_TEXTS[sort]),
      [undefined],
      [null],
      new Array(1),
    ]);
    return { given: () => wrong, final: undefined };
  }
  if (random.chance(0.3)) {
    const count = 1 + random.below(2);
    const values: string[] = random
      .some(GOOD_TEXTS[sort], count)
      .map((good) => (random.chance(0.25) ? `${good}${random.pick(WILD)}` : good));
    const form = random.pick([
      (local: TerraformLocal) => local.asBoolean,
      (local: TerraformLocal) => local.asList,
      (local: TerraformLocal) => local.asString,
    ]);
    return { given: (scope) => form(tokenOf(scope, values)), final: values };
  }
  const items = Array.from({ length: 1 + random.below(2) }, () => drawText(random, sort));
  const finals = items.map(({ final }) => final);
  return {
    given: (scope) => items.map(({ given }) => given(scope)),
    final: finals.every((final) => final !== undefined) ? (finals as string[]) : undefined,
  };
}

/** An output bucket as it turns out to be. */
export interface FinalBucket {
  readonly name: string;
  readonly prefix: string;
  readonly access: string;
  readonly acl: boolean;
  readonly key?: string | undefined;
}

/** A list of output buckets, or a token of one. */
function drawBuckets(random: Random): Drawn<readonly FinalBucket[]> {
  if (random.chance(0.1)) {
    const wrong = random.pick([
      ...WRONG_LISTS,
      [{ bucket: "acme" }],
      ["acme"],
      [{}],
      [null],
      [{ name: "acme", perfix: "a/" }],
    ]);
    return { given: () => wrong, final: undefined };
  }
  if (random.chance(0.25)) {
    const bucket = {
      name: random.chance(0.25) ? `acme${random.pick(WILD)}` : random.pick(GOOD_TEXTS.bucket),
      prefix: random.chance(0.25) ? `a${random.pick(WILD)}` : random.pick(GOOD_TEXTS.prefix),
      access: random.pick(["write", "put", "read", "delete"]),
      acl: random.chance(0.25),
      kms_key_arn: random.pick([null, KEY, "*", `${KEY}*`]),
    };
    const { kms_key_arn: key, ...rest } = bucket;
    return {
      given: (scope) => tokenOf(scope, [bucket]).asBoolean,
      final: [{ ...rest, key: key ?? undefined }],
    };
  }
  const drawn = Array.from({ length: 1 + random.below(2) }, () => ({
    name: drawText(random, "bucket"),
    prefix: drawText(random, "prefix"),
    key: random.chance(0.3) ? drawText(random, "key") : undefined,
    access: random.pick(["write", "put", "read", "delete", "all"]),
    acl: random.chance(0.2),
  }));
  const finals = drawn.map(({ name, prefix, key, access, acl }) =>
    name.final === undefined || prefix.final === undefined || (key && key.final === undefined)
      ? undefined
      : { name: name.final, prefix: prefix.final, access, acl, key: key?.final },
  );
  return {
    given: (scope) =>
      drawn.map(({ name, prefix, key, access, acl }) => ({
        name: name.given(scope),
        prefix: prefix.given(scope),
        access,
        acl,
        ...(key === undefined ? {} : { kmsKeyArn: key.given(scope) }),
      })),
    final: finals.every((final) => final !== undefined) ? finals : undefined,
  };
}

/** The texts, lists and buckets of a construct, as they turn out to be. */
export interface Finals {
  readonly texts: Readonly<Record<string, { readonly sort: TextSort; readonly value: string }>>;
  readonly lists: Readonly<
    Record<string, { readonly sort: TextSort; readonly value: readonly string[] }>
  >;
  readonly buckets: readonly FinalBucket[];
}

/** Which props a construct has, by what they are. */
export interface PropSorts {
  readonly texts: Readonly<Record<string, TextSort>>;
  readonly lists: Readonly<Record<string, TextSort>>;
  readonly buckets: boolean;
}

/** Some props of a construct. */
export interface DrawnProps {
  readonly given: (scope: Construct) => Record<string, unknown>;
  /** What they turn out to be; undefined where one of them is of no type that there is. */
  readonly finals: Finals | undefined;
}

/** Draws some props of a construct. */
export function drawProps(
  random: Random,
  sorts: PropSorts,
  always: readonly string[] = [],
): DrawnProps {
  const drawn: [string, Drawn<unknown>][] = [];
  const texts: Record<string, Finals["texts"][string]> = {};
  const lists: Record<string, Finals["lists"][string]> = {};
  let buckets: readonly FinalBucket[] = [];
  const names = [
    ...Object.keys(sorts.texts),
    ...Object.keys(sorts.lists),
    ...(sorts.buckets ? ["outputBuckets"] : []),
  ];
  const chosen = new Set([...always, ...random.some(names, 1 + random.below(3))]);
  let isRight = true;
  for (const [prop, sort] of Object.entries(sorts.texts)) {
    if (chosen.has(prop)) {
      const one = drawText(random, sort);
      drawn.push([prop, one]);
      isRight &&= one.final !== undefined;
      texts[prop] = { sort, value: one.final ?? "" };
    }
  }
  for (const [prop, sort] of Object.entries(sorts.lists)) {
    if (chosen.has(prop)) {
      const one = drawTexts(random, sort);
      drawn.push([prop, one]);
      isRight &&= one.final !== undefined;
      lists[prop] = { sort, value: one.final ?? [] };
    }
  }
  if (chosen.has("outputBuckets")) {
    const one = drawBuckets(random);
    drawn.push(["outputBuckets", one]);
    isRight &&= one.final !== undefined;
    buckets = one.final ?? [];
  }
  if (random.chance(0.03)) {
    drawn.push([
      random.pick(["nmae", "bukets", "regoins"]),
      { given: () => "*", final: undefined },
    ]);
    isRight = false;
  }
  return {
    given: (scope) => Object.fromEntries(drawn.map(([prop, { given }]) => [prop, given(scope)])),
    finals: isRight ? { texts, lists, buckets } : undefined,
  };
}
