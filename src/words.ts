/** `12 tests`, `1 test`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The first few of a list, and how many more there are. */
export function someOf(texts: readonly string[], shown = 3): string {
  const rest = texts.length - shown;
  return [...texts.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

/** The one of some words that a mistyped one is for, a letter or two apart; null for none. */
export function closest(word: string, known: readonly string[]): string | null {
  const distances = known.map((each) => ({ each, distance: distance(word, each) }));
  const [first] = distances.sort((a, b) => a.distance - b.distance);
  const furthest = word.length > 5 ? 2 : 1;
  return first !== undefined && first.distance <= furthest && word.length > 3 ? first.each : null;
}

/** How many letters have to be put in, left out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
