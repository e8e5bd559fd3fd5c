import type { Place } from "./miss.js";

/** Places at which nothing ran. */
export interface Dead {
  /** Whether all of a place is one of them. */
  has(place: Place): boolean;
}

export function createDead(places: readonly Place[]): Dead {
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return {
    has: ({ start, end }) => {
      let low = 0;
      let high = apart.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((apart[middle]?.start ?? 0) <= start) low = middle + 1;
        else high = middle;
      }
      return end <= (apart[low - 1]?.end ?? 0);
    },
  };
}
