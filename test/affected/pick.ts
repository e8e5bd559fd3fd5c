/** Whole numbers below a size, which follow from a first one as a linear congruential generator has them. */
export function pickFrom(seed: number): (size: number) => number {
  let state = seed;
  return (size) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % size;
  };
}
