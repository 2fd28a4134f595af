/** What keys do. */
export interface KeyActions {
  readonly search: () => void;
  readonly move: (by: 1 | -1) => boolean;
  readonly beside: (by: 1 | -1) => boolean;
  readonly filter: (place: number) => void;
  readonly view: (view: "list" | "matrix" | "compare") => void;
  readonly theme: () => void;
  readonly help: () => void;
  readonly back: () => void;
}

/** Listens for keys, and leaves those alone that somebody types, or that a browser or a screen reader takes. */
export function listen(actions: KeyActions): void {
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || document.querySelector("dialog[open]") !== null) {
      return;
    }
    const isTyping = target instanceof HTMLInputElement;
    if (key === "Escape") {
      actions.back();
    } else if (key === "ArrowDown" || (key === "j" && !isTyping)) {
      handled(event, actions.move(1));
    } else if (key === "ArrowUp" || (key === "k" && !isTyping)) {
      handled(event, actions.move(-1));
    } else if (!isTyping) {
      handled(event, plainKey(key, actions));
    }
  });
}

function plainKey(key: string, actions: KeyActions): boolean {
  switch (key) {
    case "/":
      actions.search();
      return true;
    case "ArrowLeft":
      return actions.beside(-1);
    case "ArrowRight":
      return actions.beside(1);
    case "1":
    case "2":
    case "3":
    case "4":
      actions.filter(Number(key) - 1);
      return true;
    case "l":
      actions.view("list");
      return true;
    case "m":
      actions.view("matrix");
      return true;
    case "c":
      actions.view("compare");
      return true;
    case "d":
      actions.theme();
      return true;
    case "?":
      actions.help();
      return true;
    default:
      return false;
  }
}

function handled(event: KeyboardEvent, isHandled: boolean): void {
  if (isHandled) {
    event.preventDefault();
  }
}
