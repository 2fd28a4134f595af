import { PassedOver } from "../aws-account/passed-over.js";
import type { ByteSource } from "../json/json-reader.js";
import type { Bystanders } from "../terraform/bystanders.js";
import { PassedOverResources } from "../terraform/passed-over-resources.js";

/** The text of a file, or where its bytes come from. */
export type File = string | ByteSource;

/** Those of whom nothing is held while files are read, whatever these turn out to be. */
export interface NotHeld {
  readonly ofAccount?: PassedOver | undefined;
  readonly ofTerraform?: PassedOverResources | undefined;
}

/**
 * Who is passed over when files are read for the first time: nobody where they cannot be read once more.
 *
 * @param from how many bytes a plan or a state has at least
 */
export function notHeldOf(
  files: readonly File[],
  bystanders: Bystanders | undefined,
  from: number,
): NotHeld {
  if (bystanders === undefined || !files.every(canBeReadAgain)) {
    return {};
  }
  return {
    ofAccount: new PassedOver(bystanders),
    ...(files.some((file) => sizeOf(file) >= from)
      ? { ofTerraform: new PassedOverResources(bystanders) }
      : {}),
  };
}

/** A file to be read once more. */
export function fromTheBeginning(file: File): File {
  return typeof file === "string" ? file : (file.again?.() ?? file);
}

function canBeReadAgain(file: File): boolean {
  return typeof file === "string" || file.again !== undefined;
}

/** How long a file may be, in bytes: of a pipe that is not known. */
function sizeOf(file: File): number {
  return typeof file === "string" ? file.length : (file.size ?? Number.POSITIVE_INFINITY);
}

/** Who is to be passed over where files are to be read once more. */
export class Again {
  readonly notHeld: NotHeld;

  constructor(notHeld: NotHeld) {
    this.notHeld = notHeld;
  }
}
