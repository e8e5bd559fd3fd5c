/** `12 tests`, `1 test`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The form of a verb for so many. */
export function verb(count: number, one: string, several: string): string {
  return count === 1 ? one : several;
}

/** `a, b and c`. */
export function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}

/** `3, 5-7`: numbers of lines, in any order. */
export function linesText(lines: readonly number[]): string {
  return rangesOf(lines)
    .map(([first, last]) => (first === last ? String(first) : `${first}-${last}`))
    .join(", ");
}

function rangesOf(lines: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const line of [...new Set(lines)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

/** The first few of a list, and how many more there are. */
export function someOf(texts: readonly string[], shown = 3): string {
  const rest = texts.length - shown;
  return [...texts.slice(0, shown), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

/**
 * The one of some words that a mistyped one is for: a letter or two apart, or two letters in the wrong order, or what begins so; null
 * for none.
 */
export function closest(word: string, known: readonly string[]): string | null {
  const distances = known.map((each) => ({ each, distance: distance(word, each) }));
  const [first] = distances.sort((a, b) => a.distance - b.distance);
  const furthest = word.length > 5 ? 2 : 1;
  if (first !== undefined && first.distance <= furthest && word.length > 2) return first.each;
  return word.length > 5 ? (known.find((each) => each.startsWith(word)) ?? null) : null;
}

/** How many letters have to be put in, left out, changed or swapped (Levenshtein's, with Damerau's swap of neighbours). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(changed, swapped, at(i - 1, j) + 1, at(i, j - 1) + 1));
    }
  }
  return at(a.length, b.length);
}

/** A word of a command, in quotes where a shell would read it otherwise. */
export function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
