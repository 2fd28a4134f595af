import { createHash } from "node:crypto";
import { unreadableManifest } from "./errors.js";

/** Name of the record in the output folder. */
export const MANIFEST_FILE = "manifest.json";

/** What the generator wrote: path relative to the output folder → hash of the content. */
export type Manifest = ReadonlyMap<string, string>;

/** Hash of a file's content, as the manifest notes it. */
export function hashOf(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** The manifest as it lies in the output folder, sorted by path. */
export function writeManifest(manifest: Manifest): string {
  const files = Object.fromEntries([...manifest].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ generator: "remotion-lambda-terraform", files }, null, 2)}\n`;
}

/**
 * Reads a manifest back.
 *
 * @throws when the text is something else
 */
export function readManifest(text: string, path: string): Manifest {
  try {
    const { files } = JSON.parse(text) as { files: Record<string, string> };
    return new Map(Object.entries(files));
  } catch {
    throw unreadableManifest(path);
  }
}
