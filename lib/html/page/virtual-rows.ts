import { element, find } from "./elements.js";

/** So many rows are there at once, however few are seen; a table with no more is whole. */
const WHOLE = 150;

/** How many rows are made beyond those that are seen, on each side. */
const BESIDE = 15;

/** So many cells are printed at most: a browser takes minutes to lay out more on pages. */
const MOST_PRINTED = 8_000;

/** The rows of a table, of which those alone are made that are seen, where there are many. */
export class VirtualRows {
  readonly #body: HTMLTableSectionElement;
  readonly #scroller: HTMLElement | undefined;
  readonly #count: number;
  readonly #columns: number;
  readonly #make: (row: number) => HTMLTableRowElement;
  readonly #made = new Map<number, HTMLTableRowElement>();
  readonly #spaces = [space(), space()] as const;
  readonly #stop = new AbortController();
  #height = 0;
  #waits = false;
  /** Whether rows are there for paper, whatever is seen. */
  #prints = false;

  /**
   * @param scroller what scrolls the rows @default the window
   * @param make makes a row; all are of one height
   */
  constructor(
    body: HTMLTableSectionElement,
    rows: { readonly count: number; readonly columns: number },
    make: (row: number) => HTMLTableRowElement,
    scroller?: HTMLElement,
  ) {
    this.#body = body;
    this.#scroller = scroller;
    this.#count = rows.count;
    this.#columns = rows.columns;
    this.#make = make;
    if (rows.count <= WHOLE) {
      this.#show(0, rows.count);
      return;
    }
    body.closest("table")?.setAttribute("aria-rowcount", String(rows.count + 1));
    const { signal } = this.#stop;
    const later = () => this.#later();
    (scroller ?? window).addEventListener("scroll", later, { signal, passive: true });
    window.addEventListener("resize", later, { signal });
    window.addEventListener("beforeprint", () => this.#print(), { signal });
    window.addEventListener("afterprint", () => this.#printed(), { signal });
    this.#show(0, 2 * BESIDE);
  }

  /** To be called when the table is in the document: before, nothing has a height. */
  shown(): void {
    if (this.#count > WHOLE) {
      this.#seen();
    }
  }

  /** How many of the rows are printed. */
  get printed(): number {
    return Math.min(this.#count, Math.floor(MOST_PRINTED / this.#columns));
  }

  /** What stands on paper where not all rows do. */
  get printedNote(): readonly HTMLElement[] {
    return this.printed === this.#count
      ? []
      : [
          element(
            "p",
            { class: "printed" },
            `The first ${this.printed} of ${this.#count} are printed: search or filter for others.`,
          ),
        ];
  }

  /** No longer listens. */
  end(): void {
    this.#stop.abort();
  }

  /** A row, brought into view. */
  reveal(row: number): HTMLTableRowElement | undefined {
    if (row < 0 || row >= this.#count) {
      return undefined;
    }
    if (!this.#made.has(row)) {
      const top = this.#top() + row * this.#height - this.#viewHeight() / 2;
      (this.#scroller ?? window).scrollTo({ top });
      this.#seen();
    }
    const found = this.#made.get(row);
    found?.scrollIntoView({ block: "nearest" });
    return found;
  }

  #later(): void {
    if (!this.#waits) {
      this.#waits = true;
      requestAnimationFrame(() => {
        this.#waits = false;
        this.#seen();
      });
    }
  }

  #print(): void {
    this.#prints = true;
    this.#show(0, this.printed);
  }

  #printed(): void {
    this.#prints = false;
    this.#later();
  }

  /** Makes the rows that are seen. */
  #seen(): void {
    if (this.#prints) {
      return;
    }
    const measured = find("tr:not(.space)", this.#body)?.getBoundingClientRect().height ?? 0;
    this.#height = measured > 0 ? measured : this.#height || 44;
    const from = Math.floor((this.#scrolled() - this.#top()) / this.#height) - BESIDE;
    const most = Math.ceil(this.#viewHeight() / this.#height) + 2 * BESIDE;
    const first = Math.max(0, Math.min(from, this.#count - most));
    this.#show(first, Math.min(this.#count, first + most));
  }

  #show(first: number, end: number): void {
    const focused = document.activeElement;
    for (const [row, made] of this.#made) {
      if (row < first || row >= end) {
        made.remove();
        this.#made.delete(row);
      }
    }
    const rows: HTMLTableRowElement[] = [];
    for (let row = first; row < end; row++) {
      const made = this.#made.get(row) ?? this.#make(row);
      made.setAttribute("aria-rowindex", String(row + 2));
      this.#made.set(row, made);
      rows.push(made);
    }
    const [before, after] = this.#spaces;
    this.#resize(before, first);
    this.#resize(after, this.#count - end);
    this.#body.replaceChildren(
      ...(first > 0 ? [before] : []),
      ...rows,
      ...(end < this.#count ? [after] : []),
    );
    // What is put back into a document has lost the focus.
    if (focused instanceof HTMLElement && this.#body.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
  }

  #resize(space: HTMLTableRowElement, rows: number): void {
    const cell = space.cells[0];
    if (cell !== undefined) {
      cell.colSpan = this.#columns;
      cell.style.height = `${rows * this.#height}px`;
    }
  }

  #scrolled(): number {
    return this.#scroller?.scrollTop ?? window.scrollY;
  }

  #viewHeight(): number {
    return this.#scroller?.clientHeight ?? window.innerHeight;
  }

  /** How far below the beginning of what scrolls the rows begin. */
  #top(): number {
    const { top } = this.#body.getBoundingClientRect();
    return this.#scroller === undefined
      ? top + window.scrollY
      : top - this.#scroller.getBoundingClientRect().top + this.#scroller.scrollTop;
  }
}

/** What stands for rows that are not made. */
function space(): HTMLTableRowElement {
  return element("tr", { class: "space", "aria-hidden": "true" }, element("td"));
}
