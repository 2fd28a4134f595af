import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unreadableCdktfJson } from "./errors.js";

/** What CDKTF's `App` takes from `cdktf.json`. */
interface AppSettings {
  readonly context?: Record<string, unknown>;
  readonly outdir?: string;
}

/**
 * What `cdktf.json` says to the app: `context`, and `output` for the folder to write to. CDKTF's command
 * line hands both over in the environment, which goes before the file; without it, as with `npm start`, the
 * app has to look itself.
 *
 * @param folder where `cdktf.json` lies; without such a file, everything has its default
 * @throws when the file is not a JSON object
 * @see https://developer.hashicorp.com/terraform/cdktf/create-and-deploy/configuration-file
 */
export function cdktfJson(
  folder: string,
  environment: NodeJS.ProcessEnv = process.env,
): AppSettings {
  const { context, output } = read(join(folder, "cdktf.json"));
  const outdir = environment["CDKTF_OUTDIR"] ?? output;
  return {
    ...(isObject(context) ? { context } : {}),
    ...(typeof outdir === "string" ? { outdir } : {}),
  };
}

function read(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return {};
    }
    throw unreadableCdktfJson(file, (error as Error).message);
  }
  const value = parsed(file, text);
  if (!isObject(value)) {
    throw unreadableCdktfJson(file, "it holds no JSON object");
  }
  return value;
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadableCdktfJson(file, (error as Error).message);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
