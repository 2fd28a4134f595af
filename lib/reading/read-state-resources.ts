import type { ByteSource } from "../json/json-reader.js";
import { isObject, type JsonObject, objectIn, textIn } from "../json/json-value.js";
import { cloudFormation, emptyState, notState } from "../terraform/errors.js";
import { rawStateResources, stateResources } from "../terraform/read-state.js";
import {
  isPlan,
  isRawState,
  isState,
  isTemplate,
  readContent,
  refuseForeign,
  refuseUnknownFormat,
} from "./file-content.js";

/** A resource instance of a state. */
export interface StateResource {
  /** Address with the modules that it is in: `module.remotion.aws_iam_user.user[0]`. */
  readonly address: string;
  /** Resource type: `aws_iam_user`. */
  readonly type: string;
  readonly values: JsonObject;
}

/**
 * Reads the resources of a state, without its data sources: `terraform show -json` of it, or a
 * `terraform.tfstate`.
 *
 * @throws {UnreadableFile} when the file is none
 */
export function readStateResources(file: string | ByteSource): readonly StateResource[] {
  const { content } = readContent(file, "all");
  if (isObject(content)) {
    refuseForeign(content);
    refuseUnknownFormat(content);
    if (isTemplate(content)) {
      throw cloudFormation();
    }
  }
  if (!isObject(content) || isPlan(content) || !(isState(content) || isRawState(content))) {
    throw notState();
  }
  const all = isState(content) ? stateResources(content) : rawStateResources(content);
  if (all.length === 0) {
    throw emptyState();
  }
  return all
    .filter(({ resource }) => textIn(resource, "mode") === "managed")
    .map(({ resource }) => ({
      address: textIn(resource, "address") ?? "",
      type: textIn(resource, "type") ?? "",
      values: objectIn(resource, "values"),
    }));
}
