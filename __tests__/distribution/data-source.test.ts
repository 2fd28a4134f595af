import { describe, expect, it } from "vitest";
import { dataSource } from "../../scripts/build/computed-modules.js";

describe("data as source", () => {
  it.each([
    [null],
    [true],
    [-0.5],
    ["quotes \" and ' and `${x}` and \u2028 and </script>"],
    [[1, [2, {}], []]],
    [{ a: { "b-c": 1 }, "": "x" }],
  ])("%j comes back as it was", (value) => {
    expect(new Function(`return ${dataSource(value)};`)()).toEqual(value);
  });

  it.each([[undefined], [() => 1], [new Date(0)], [{ inner: new Map() }], [[undefined]]])(
    "%s is refused",
    (value) => {
      expect(() => dataSource(value)).toThrow("cannot be bundled as data");
    },
  );
});
