import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { IamApi } from "./iam-api.js";

/** The lists of an answer, in the order in which AWS goes through them. */
const LISTS = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

/** How many things AWS puts on a page unless it is asked for others. */
const DEFAULT_PAGE_SIZE = 100;

/** An endpoint that answers GetAccountAuthorizationDetails in pages. */
export interface AccountPages {
  readonly url: string;
  /** How many things were on each page so far. */
  readonly sizes: readonly number[];
  readonly stop: () => Promise<void>;
}

/** One user, group, role or policy, as it stands in an answer. */
interface Entry {
  readonly list: (typeof LISTS)[number];
  readonly xml: string;
}

/**
 * Puts the answer of an AWS mock on pages, as AWS does: moto takes `MaxItems` and `Marker`, and answers with all of
 * the account whatever they are.
 *
 * @param target the mock
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export async function startAccountPages(target: string): Promise<AccountPages> {
  const iam = new IamApi(target);
  const sizes: number[] = [];
  let entries: readonly Entry[] = [];
  const answer = async (incoming: IncomingMessage): Promise<string> => {
    const parameters = new URLSearchParams(await text(incoming));
    const action = parameters.get("Action");
    if (action !== "GetAccountAuthorizationDetails") {
      throw new Error(`${action} is not answered here`);
    }
    const from = Number(parameters.get("Marker") ?? 0);
    if (from === 0) {
      entries = entriesIn(await iam.call(action));
    }
    const page = entries.slice(
      from,
      from + Number(parameters.get("MaxItems") ?? DEFAULT_PAGE_SIZE),
    );
    sizes.push(page.length);
    return pageOf(page, from + page.length < entries.length ? from + page.length : undefined);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming).then(
      (xml) => outgoing.writeHead(200, { "Content-Type": "text/xml" }).end(xml),
      (error: unknown) => outgoing.writeHead(400).end(String(error)),
    );
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    sizes,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pageOf(entries: readonly Entry[], next: number | undefined): string {
  const lists = LISTS.map((name) => {
    const xml = entries.filter(({ list }) => list === name).map((entry) => entry.xml);
    return `<${name}>${xml.join("")}</${name}>`;
  });
  const more = next === undefined ? "" : `<Marker>${next}</Marker>`;
  const result = `${lists.join("")}<IsTruncated>${next !== undefined}</IsTruncated>${more}`;
  const name = "GetAccountAuthorizationDetails";
  return `<${name}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${name}Result>${result}</${name}Result><ResponseMetadata><RequestId>0</RequestId></ResponseMetadata></${name}Response>`;
}

/** The entries of all lists: members that lie in no other. */
function entriesIn(xml: string): readonly Entry[] {
  const entries: Entry[] = [];
  let list: Entry["list"] | undefined;
  let depth = 0;
  let start = 0;
  for (const { 0: tag, 1: closing, 2: name, index } of xml.matchAll(/<(\/?)(\w+)[^<>/]*>/g)) {
    if (name !== "member") {
      list = depth > 0 ? list : (LISTS.find((one) => one === name) ?? list);
    } else if (closing === "") {
      start = depth === 0 ? index : start;
      depth += 1;
    } else {
      depth -= 1;
      if (depth === 0 && list !== undefined) {
        entries.push({ list, xml: xml.slice(start, index + tag.length) });
      }
    }
  }
  return entries;
}
