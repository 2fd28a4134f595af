import type { Graph, Line } from "./graph.js";

/** How high a box is, and how far it is to the next. */
const ROW = 28;
const STEP = 36;

/** The same of a column with more than so many boxes. */
const MANY = 14;
const LOW_ROW = 22;
const LOW_STEP = 25;

/** How much of the width the columns take: names of APIs are the longest. The rest is for lines. */
const SHARES = [0.22, 0.26, 0.33];
const WIDEST = 340;

/** How far below its beginning a short column stands at most. */
const MOST_ABOVE = 160;

/** Where boxes are, and how lines run between them. */
export interface Placed {
  /** A box may be in several places. */
  readonly places: readonly {
    readonly key: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly height: number;
  readonly paths: readonly { readonly line: Line; readonly d: string }[];
}

/** Columns beside each other, as on a wide screen; one that is empty takes no place. */
export function layered({ columns: all, lines }: Graph, width: number): Placed {
  const columns = all.filter(({ length }) => length > 0);
  const widths = (columns.length > 2 ? SHARES : SHARES.slice(1)).map((share) =>
    Math.min(width * share, WIDEST),
  );
  const taken = widths.slice(0, columns.length).reduce((sum, one) => sum + one, 2);
  const between = (width - taken) / Math.max(1, columns.length - 1);
  const starts = widths.map((_width, column) =>
    widths.slice(0, column).reduce((sum, one) => sum + one + between, 1),
  );
  const height = Math.max(
    ...columns.map(({ length }) => length * (length > MANY ? LOW_STEP : STEP)),
  );
  const places = columns.flatMap((boxes, column) => {
    const row = boxes.length > MANY ? LOW_ROW : ROW;
    const spread = Math.min(STEP * 2.5, height / Math.max(1, boxes.length));
    // Beside a long column, where one begins to read.
    const above = Math.min((height - spread * boxes.length) / 2, MOST_ABOVE);
    const top = above + (spread - row) / 2;
    return boxes.map(({ key }, place) => ({
      key,
      x: starts[column] ?? 1,
      y: Math.round(top + place * spread) + 0.5,
      width: widths[column] ?? WIDEST,
      height: row,
    }));
  });
  const byKey = new Map(places.map((place) => [place.key, place]));
  return {
    places,
    height: height + 2,
    paths: lines.flatMap((line) => {
      const [one, other] = [byKey.get(line.from), byKey.get(line.to)];
      if (one === undefined || other === undefined) {
        return [];
      }
      const [x, y] = [one.x + one.width, one.y + one.height / 2];
      const [endX, endY] = [other.x, other.y + other.height / 2];
      const bend = (endX - x) / 2;
      return [{ line, d: `M${x},${y}C${x + bend},${y} ${endX - bend},${endY} ${endX},${endY}` }];
    }),
  };
}

/** Everything below what it belongs to, as on a phone: what several lead to stands below each of them. */
export function tree({ columns: [people, , targets], lines }: Graph, width: number): Placed {
  const indent = 22;
  const places: Placed["places"][number][] = [];
  const paths: Placed["paths"][number][] = [];
  const place = (key: string, depth: number) => {
    const x = 1 + depth * indent;
    const y = places.length * STEP;
    places.push({ key, x, y: y + 0.5, width: width - x - 1, height: ROW });
    for (const line of lines.filter(({ from }) => from === key)) {
      const endY = places.length * STEP + ROW / 2;
      const [startX, endX] = [x + indent / 2, x + indent];
      paths.push({
        line,
        d: `M${startX},${y + ROW}V${endY - 6}Q${startX},${endY} ${startX + 6},${endY}H${endX}`,
      });
      place(line.to, depth + 1);
    }
  };
  for (const { key } of people) {
    place(key, 0);
  }
  // What nothing leads to stands below all.
  for (const { key } of targets.filter((target) => !lines.some(({ to }) => to === target.key))) {
    place(key, 0);
  }
  return { places, height: places.length * STEP, paths };
}
