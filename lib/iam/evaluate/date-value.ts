const DAY = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/;
const TIME =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$/;

/**
 * A point in time, in milliseconds since 1970, or undefined when the text is none. Read are the W3C
 * forms of ISO 8601, a time always with its zone, and seconds since 1970. Four digits are a year.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 * @see https://www.w3.org/TR/NOTE-datetime
 */
export function parseDate(text: string): number | undefined {
  if (DAY.test(text) || TIME.test(text)) {
    const time = Date.parse(text);
    return Number.isNaN(time) ? undefined : time;
  }
  return /^[0-9]{1,15}(\.[0-9]+)?$/.test(text) ? Number(text) * 1000 : undefined;
}
