// Figures as ratios, and what is printed of them.

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A ratio, or nothing where there is none. */
export function shown(ratio) {
  if (ratio === undefined) return "";
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)} x`;
}

export function printLine(cells) {
  const [first = "", ...others] = cells;
  console.log(first.padEnd(18) + others.map((cell) => String(cell).padStart(12)).join(""));
}

/** A figure beside its bar. */
export function printBar(what, ratio, bar, isLeast = false) {
  if (!Number.isFinite(ratio)) return;
  const isMet = isLeast ? ratio >= bar : ratio <= bar;
  console.log(
    `${what}: ${shown(ratio)} (${isLeast ? "at least" : "at most"} ${bar})${isMet ? "" : " MISSED"}`,
  );
}
