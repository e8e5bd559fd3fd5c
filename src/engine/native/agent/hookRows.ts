import type { LineHits } from "../../../types.js";

interface Counts {
  readonly lines: Map<number, number>;
  readonly calls: Map<string, number>;
  readonly active: Map<string, number[]>;
}

/**
 * What a hook has counted in one process, by the key of a source, from the rows of its file: `lua Lua 5.1` says which Lua
 * it was, then come `lines KEY 3:1 4:10`, `calls KEY 3-7:1`, and `active KEY 3-7 4 5` for lines that have code.
 */
export function readHookRows(
  rows: readonly string[],
  isSource: (key: string) => boolean,
): ReadonlyMap<string, readonly LineHits[]> {
  const byKey = new Map<string, Counts>();
  let lua = "";
  for (const row of rows) {
    const kind = row.slice(0, row.indexOf(" "));
    if (kind === "lua") lua = row.slice("lua ".length);
    const read = readers[kind];
    if (read === undefined) continue;
    const [, key = "", ...entries] = row.split(" ");
    if (isSource(key)) read(countsOf(byKey, key), entries);
  }
  return new Map([...byKey].map(([key, counts]) => [key, [{ lua, ...counts }]]));
}

function countsOf(byKey: Map<string, Counts>, key: string): Counts {
  const counts = byKey.get(key) ?? { lines: new Map(), calls: new Map(), active: new Map() };
  byKey.set(key, counts);
  return counts;
}

const readers: Readonly<Record<string, (counts: Counts, entries: readonly string[]) => void>> = {
  lines: ({ lines }, entries) => {
    for (const [line, count] of entries.map(pairOf)) lines.set(Number(line), count);
  },
  calls: ({ calls }, entries) => {
    for (const [place, count] of entries.map(pairOf)) calls.set(place, count);
  },
  active: ({ active }, [place = "", ...lines]) => {
    active.set(place, lines.map(Number));
  },
};

function pairOf(entry: string): readonly [string, number] {
  const [place = "", count = ""] = entry.split(":");
  return [place, Number(count)];
}
