/**
 * The coverage of a file in few objects: these go from one thread to another, or into a file, in a fraction of the time and
 * room that Istanbul's thousands of small ones take.
 */
export interface PackedCoverage {
  readonly path: string;
  readonly all: boolean;
  readonly statements: number;
  readonly functions: number;
  /** Of each branch how many ways on it has, and of how many of these it is known how often they were true. */
  readonly ways: Int32Array;
  readonly truthy: Int32Array;
  /** The names of all functions. */
  readonly names: readonly string[];
  /** The types of all branches, by their places in `branchTypes`. */
  readonly types: Uint8Array;
  /** Lines and columns, in the order of the map. */
  readonly places: Int32Array;
  readonly counts: Float64Array;
}

/** Lines, statements and functions alone. */
export function withoutBranches(packed: PackedCoverage): PackedCoverage {
  const { statements, functions, places, counts } = packed;
  return {
    ...packed,
    ways: new Int32Array(),
    truthy: new Int32Array(),
    types: new Uint8Array(),
    places: places.slice(0, 4 * (statements + 2 * functions)),
    counts: counts.slice(0, statements + functions),
  };
}
