import { keepsRule } from "../iam/value-rule.js";
import { isObject, textIn } from "../json/json-value.js";
import { RESOURCE_ADDRESS } from "./rules.js";

/** An error that Terraform or OpenTofu has told. All of it is text from outside. */
export interface TerraformError {
  /** What went wrong, in one line or several. */
  readonly message: string;
  /** The resource's address as the root module sees it; undefined where none is told that could be one. */
  readonly address: string | undefined;
}

/** What colours a text, or moves the cursor. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const SEQUENCES = /\u001b\[[0-9;:?]*[A-Za-z]/g;

/** What begins an error; behind what draws a box, a time, or the name of a stack. */
const ERROR = /\bError: /;

/** What ends one, beside the next. */
const WARNING = /\bWarning: /;

/** What names the resource of an error, at the end of a line. */
const WITH = /(?:^|\s)with (.*)$/;

/** The path of a construct, which CDKTF writes behind the name: `aws_iam_user.user (user/user)[0]`. */
const CONSTRUCT = / \([^()"]*\)(?=\[|$)/;

/**
 * The errors in what `terraform apply` has written: for a reader, with or without colours and boxes, by
 * `cdktf deploy`, or with `-json`, line by line.
 *
 * @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export function terraformErrors(text: string): readonly TerraformError[] {
  const errors: TerraformError[] = [];
  let lines: string[] | undefined;
  const end = () => {
    if (lines !== undefined) {
      errors.push(plainError(lines));
    }
    lines = undefined;
  };
  for (const line of text.replace(SEQUENCES, "").split(/\r?\n/)) {
    const message = machineMessage(line);
    if (message !== undefined) {
      end();
      errors.push(...machineErrors(message));
    } else if (ERROR.test(line)) {
      end();
      lines = [line];
    } else if (WARNING.test(line)) {
      end();
    } else {
      lines?.push(line);
    }
  }
  end();
  return errors;
}

function plainError(lines: readonly string[]): TerraformError {
  const addresses = lines.map((line) =>
    WITH.exec(line)?.[1]?.trim().replace(/,$/, "").replace(CONSTRUCT, ""),
  );
  return { message: lines.join("\n"), address: addresses.find(isAddress) };
}

/** A line of `-json`; undefined for any other text. */
function machineMessage(line: string): unknown {
  if (!line.startsWith("{")) {
    return undefined;
  }
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function machineErrors(message: unknown): TerraformError[] {
  const diagnostic = isObject(message) ? message["diagnostic"] : undefined;
  if (!isObject(diagnostic) || diagnostic["severity"] !== "error") {
    return [];
  }
  const address = textIn(diagnostic, "address");
  return [
    {
      message: `${textIn(diagnostic, "summary") ?? ""}\n${textIn(diagnostic, "detail") ?? ""}`,
      address: isAddress(address) ? address : undefined,
    },
  ];
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && keepsRule(RESOURCE_ADDRESS, text);
}
