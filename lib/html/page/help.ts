import { element } from "./elements.js";
import { COMPARES, WHO } from "./model.js";

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["/"], "search"],
  [["j", "↓"], `the next ${WHO}`],
  [["k", "↑"], `the one before`],
  [["←", "→"], "the cell beside, in the matrix"],
  [["Enter"], "open what is marked"],
  [["1", "2", "3", "4"], "show one answer alone, or all again"],
  [["l"], `all ${WHO}s`],
  [["m"], "the matrix"],
  ...(COMPARES ? [[["c"], "permissions side by side"] as const] : []),
  [["d"], "dark or light"],
  [["?"], "these keys"],
  [["Escape"], "close, leave the search, take back a filter, go back"],
];

/** Which keys do what. */
export function helpDialog(): HTMLDialogElement {
  const close = element("button", { type: "button", class: "button" }, "Close");
  const dialog = element(
    "dialog",
    { class: "help", "aria-labelledby": "keys" },
    element("h2", { id: "keys" }, "Keys"),
    element(
      "dl",
      {},
      ...KEYS.flatMap(([keys, does]) => [
        element(
          "dt",
          {},
          ...keys.flatMap((key, place) => [...(place === 0 ? [] : [" "]), element("kbd", {}, key)]),
        ),
        element("dd", {}, does),
      ]),
    ),
    element(
      "p",
      { class: "quiet" },
      "The address behind # names what is shown, with the search and the filter: copy it to link to it.",
    ),
    close,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    // Outside of what is in it.
    if (target === dialog) {
      dialog.close();
    }
  });
  return dialog;
}
