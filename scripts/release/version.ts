import { notADate, notAVersion } from "./errors.js";

/** Numbers of a version, the most significant first. */
type Numbers = readonly [major: number, minor: number, patch: number];

/**
 * A version's numbers. Releases before a release (`1.0.0-rc.1`) are not made.
 *
 * @throws when it is none
 * @see https://semver.org
 */
export function numbersOf(version: string): Numbers {
  const [, major, minor, patch] = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.exec(version) ?? [];
  if (major === undefined || minor === undefined || patch === undefined) {
    throw notAVersion(version);
  }
  return [Number(major), Number(minor), Number(patch)];
}

/** Whether a version is lower than another one. @throws when one of them is none */
export function isLower(version: string, than: string): boolean {
  const [one, other] = [numbersOf(version), numbersOf(than)];
  const at = one.findIndex((number, index) => number !== other[index]);
  return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
}

/**
 * The day of a release, `2026-12-01`: what is given, or of `SOURCE_DATE_EPOCH`, or today, in UTC.
 *
 * @throws when it is none
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function releaseDate(given: string | undefined, epoch: string | undefined): string {
  if (given === undefined && epoch === undefined) {
    return new Date().toISOString().slice(0, 10);
  }
  const text = given ?? epoch ?? "";
  const time = given === undefined ? epochTime(text) : new Date(`${text}T00:00:00Z`);
  const day = Number.isNaN(time.getTime()) ? "" : time.toISOString().slice(0, 10);
  if (day === "" || (given !== undefined && day !== given)) {
    throw notADate(text);
  }
  return day;
}

function epochTime(seconds: string): Date {
  return new Date(/^\d+$/.test(seconds) ? Number(seconds) * 1000 : Number.NaN);
}
