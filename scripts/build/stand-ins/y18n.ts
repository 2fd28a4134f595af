import { format } from "node:util";

/** A message, or its forms for one and for several. */
type Message = string | { readonly one: string; readonly other: string };

/**
 * In place of y18n, which looks for translations in files beside yargs: yargs' own words, in English,
 * and what `updateStrings` puts in their place.
 */
export default function y18n() {
  const messages = new Map<string, Message>();
  const phrase = (key: string, form: "one" | "other", otherwise: string) => {
    const message = messages.get(key) ?? otherwise;
    return typeof message === "string" ? message : message[form];
  };
  return {
    __: (key: string, ...values: unknown[]) => format(phrase(key, "one", key), ...values),
    __n(one: string, other: string, count: number, ...values: unknown[]) {
      const single = count === 1;
      const text = phrase(one, single ? "one" : "other", single ? one : other);
      return format(text, ...(text.includes("%d") ? [count] : []), ...values);
    },
    getLocale: () => "en",
    setLocale() {},
    updateLocale(changed: Readonly<Record<string, Message>>) {
      for (const [key, message] of Object.entries(changed)) {
        messages.set(key, message);
      }
    },
  };
}
