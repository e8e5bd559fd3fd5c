/** How often something happened, or null where the counters leave it open. */
export type Count = number | null;

export function plus(a: Count, b: Count): Count {
  return a === null || b === null ? null : a + b;
}

export function minus(a: Count, b: Count): Count {
  return a === null || b === null ? null : a - b;
}

export function total(counts: readonly Count[]): Count {
  return counts.reduce(plus, 0);
}
