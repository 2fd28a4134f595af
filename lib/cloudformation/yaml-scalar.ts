/*
 * What a scalar without quotes means in YAML 1.1, as CloudFormation reads it: all but timestamps, which it
 * does not know, so that `Version: 2012-10-17` is a text.
 *
 * https://yaml.org/type/ and
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const BINARY = /^([-+]?)0b([01_]+)$/;
const OCTAL = /^([-+]?)0([0-7_]+)$/;
const HEXADECIMAL = /^([-+]?)0x([0-9a-fA-F_]+)$/;
const DECIMAL = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const SEXAGESIMAL = /^([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT = /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;

/** Digits in a base, and the pattern of a number in it. */
const BASES = [
  [BINARY, 2],
  [OCTAL, 8],
  [HEXADECIMAL, 16],
] as const;

/** What a scalar without quotes and tag means. A number that JavaScript cannot hold stays a text. */
export function plainScalar(text: string): string | number | boolean | null {
  if (NULL.test(text)) {
    return null;
  }
  if (TRUE.test(text) || FALSE.test(text)) {
    return TRUE.test(text);
  }
  const number = numberOf(text);
  return number !== undefined && Number.isFinite(number) && isExact(number) ? number : text;
}

function isExact(number: number): boolean {
  return !Number.isInteger(number) || Number.isSafeInteger(number);
}

function numberOf(text: string): number | undefined {
  for (const [pattern, base] of BASES) {
    const [, sign, digits] = pattern.exec(text) ?? [];
    if (digits !== undefined) {
      return signed(sign, Number.parseInt(digits.replaceAll("_", ""), base));
    }
  }
  if (DECIMAL.test(text) || FLOAT.test(text)) {
    return Number(text.replaceAll("_", ""));
  }
  const [, sign, parts] = SEXAGESIMAL.exec(text) ?? [];
  return parts === undefined
    ? undefined
    : signed(
        sign,
        parts.split(":").reduce((sum, part) => sum * 60 + Number(part.replaceAll("_", "")), 0),
      );
}

function signed(sign: string | undefined, number: number): number {
  return sign === "-" ? -number : number;
}
