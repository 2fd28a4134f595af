/** The same items in another order, which a number decides. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  return items
    .map((item) => {
      // A linear congruential generator, the one in "Numerical Recipes".
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return { item, place: state };
    })
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
