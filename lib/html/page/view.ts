import type { Sign } from "../page-data.js";
import type { VirtualRows } from "./virtual-rows.js";

/** A view as it is put into the page. */
export interface Shown {
  readonly content: HTMLElement;
  /** Its rows, if they are made as they are seen. */
  readonly rows?: VirtualRows;
  /** How many it shows of what is counted beside the search. */
  readonly count: number;
  /** How many there are with each answer, whatever the filter is. */
  readonly counts: ReadonlyMap<Sign, number>;
  /** To be called when it is in the page. */
  readonly shown?: () => void;
}
