/**
 * Which of the tests before one make it do what it does behind all of them. It is taken for granted that it does so behind all, and not
 * by itself; what is found is asked about once more, so that no other test is blamed where that is not so. Each step asks about some
 * of them. The last of those that are needed is found by halves, then whether it is enough, or else the last one of the rest that is
 * needed with it, and so on: about as many steps for each as the logarithm of their number.
 */

export interface Search {
  /** The places of those that are needed, from the last one on. */
  readonly needed: readonly number[];
  /** With these, so many from the first one on are not enough, and so many are. */
  readonly low: number;
  readonly high: number;
  /** At the end: these are it, there are more of them, or there is no such thing, as the answers contradict what was taken for granted. */
  readonly state: "searching" | "asking for enough" | "found" | "too many" | "contradicted";
  /** Whether any of them has made the test do it so far. */
  readonly isSeen: boolean;
}

/** Who depends on more than these depends on the order as a whole. */
const most = 4;

/** A search among so many, at least one. */
export function beginSearch(count: number): Search {
  return settled({ needed: [], low: 0, high: count, state: "searching", isSeen: false });
}

/** The places of those to run next before the test, in order; null at the end of the search. */
export function nextOf({ needed, low, high, state }: Search): readonly number[] | null {
  switch (state) {
    case "searching":
      return inOrder([...Array(middleOf(low, high)).keys(), ...needed]);
    case "asking for enough":
      return inOrder(needed);
    default:
      return null;
  }
}

/** After the answer whether the test did with these what it does in order. */
export function afterAnswer(search: Search, isAsInOrder: boolean): Search {
  const { low, high, state } = search;
  const isSeen = search.isSeen || isAsInOrder;
  if (state === "asking for enough") {
    if (isAsInOrder) return { ...search, isSeen, state: "found" };
    // With all before them, too, it was so, or was taken for granted: there must be more of them.
    if (high === 0) return { ...search, state: "contradicted" };
    return settled({ ...search, low: 0, state: "searching" });
  }
  const middle = middleOf(low, high);
  return settled({ ...search, isSeen, ...(isAsInOrder ? { high: middle } : { low: middle }) });
}

/** Where but one is left, it is needed. */
function settled(search: Search): Search {
  const { needed, low, high, isSeen } = search;
  if (high - low !== 1) return search;
  if (needed.length === most) return { ...search, state: isSeen ? "too many" : "contradicted" };
  return { ...search, needed: [...needed, high - 1], low: 0, high: high - 1, state: "asking for enough" };
}

const middleOf = (low: number, high: number) => (low + high) >> 1;

function inOrder(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b);
}
