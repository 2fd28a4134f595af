import { randomUUID } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ByteSource } from "../json/json-reader.js";
import { notKept } from "./errors.js";

/** How the answer begins that describes a whole account: with one of its lists. */
const ACCOUNT =
  /^(?:\u00ef\u00bb\u00bf)?\s*\{\s*"(?:UserDetailList|GroupDetailList|RoleDetailList|Policies)"/;

/** How much of a pipe says whether it begins so, in bytes. */
const BEGINNING = 100;

/** What comes through a pipe, as far as it is used. */
export interface PipeSource extends ByteSource {
  /** Lets go of what was kept. */
  readonly end: () => void;
}

/**
 * What comes through a pipe. An account may have to be read twice, so one is kept on the way in a file for temporary
 * files, which nobody else may read, and which has no name any more as soon as it is there. Anything else is not
 * kept: a plan holds secrets.
 *
 * @param next reads on
 */
export function pipeSource(next: ByteSource["read"]): PipeSource {
  const beginning = Buffer.alloc(BEGINNING);
  let length = 0;
  for (let came = -1; came !== 0 && length < BEGINNING; length += came) {
    came = next(beginning, length, BEGINNING - length);
  }
  const kept = ACCOUNT.test(beginning.toString("latin1", 0, length)) ? temporaryFile() : undefined;
  let at = 0;
  const read: ByteSource["read"] = (into, from, room) => {
    if (at === length) {
      return next(into, from, room);
    }
    const copied = beginning.copy(into, from, at, Math.min(length, at + room));
    at += copied;
    return copied;
  };
  if (kept === undefined) {
    return { read, end: () => {} };
  }
  let fault: unknown;
  return {
    read: (into, from, room) => {
      const came = read(into, from, room);
      try {
        for (let written = fault === undefined ? 0 : came; written < came; ) {
          written += writeSync(kept.descriptor, into, from + written, came - written);
        }
      } catch (error) {
        // Most accounts are read once: it is told where one is needed again.
        fault = error;
      }
      return came;
    },
    again: () => {
      if (fault !== undefined) {
        throw notKept(tmpdir(), fault instanceof Error ? fault.message : String(fault));
      }
      return fileSource(kept.descriptor);
    },
    end: kept.end,
  };
}

/** What a file holds, from its first byte on. */
export function fileSource(descriptor: number): ByteSource {
  let at = 0;
  return {
    size: fstatSync(descriptor).size,
    read: (into, from, length) => {
      const read = readSync(descriptor, into, from, length, at);
      at += read;
      return read;
    },
    again: () => fileSource(descriptor),
  };
}

/** A file for the time being; undefined where none can be made. */
function temporaryFile(): { readonly descriptor: number; readonly end: () => void } | undefined {
  const path = join(tmpdir(), `remotion-lambda-terraform-${randomUUID()}`);
  let descriptor: number;
  try {
    descriptor = openSync(path, "wx+", 0o600);
  } catch {
    return undefined;
  }
  const remove = () => rmSync(path, { force: true });
  try {
    remove();
  } catch {
    // Windows keeps what is open.
  }
  return {
    descriptor,
    end: () => {
      closeSync(descriptor);
      remove();
    },
  };
}
