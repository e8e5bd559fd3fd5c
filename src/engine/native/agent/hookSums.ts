import type { LineHits } from "../../../types.js";

interface Sum {
  readonly lua: string;
  readonly lines: Map<number, number>;
  readonly calls: Map<string, number>;
  readonly active: Map<string, number[]>;
}

/**
 * Adds up what hooks have counted, from rows of files that agents left: `lua Lua 5.1` says which Lua the rest of a file
 * is of, then come `lines KEY 3:1 4:10`, `calls KEY 3-7:1`, and `active KEY 3-7 4 5` for lines that have code.
 */
export class HookSums {
  readonly #sizes: ReadonlyMap<string, number>;
  /** By key, then by Lua. */
  readonly #sums = new Map<string, Map<string, Sum>>();
  #lua = "";

  /** Keys that are not among `sizes` do not count. */
  constructor(sizes: ReadonlyMap<string, number>) {
    this.#sizes = sizes;
  }

  /** A file begins. */
  begin(): void {
    this.#lua = "";
  }

  /** Whether a row is one of a hook. */
  add(kind: string, row: string): boolean {
    if (kind === "lua") {
      this.#lua = row;
      return true;
    }
    if (kind !== "lines" && kind !== "calls" && kind !== "active") return false;
    const [key = "", ...entries] = row.split(" ");
    if (!this.#sizes.has(key)) return true;
    const sum = this.#sumOf(key);
    if (kind === "active") addActive(sum, entries);
    else if (kind === "lines") addEach(sum.lines, entries, Number);
    else addEach(sum.calls, entries, (place) => place);
    return true;
  }

  lineHits(): ReadonlyMap<string, readonly LineHits[]> {
    return new Map([...this.#sums].map(([key, byLua]) => [key, [...byLua.values()]]));
  }

  #sumOf(key: string): Sum {
    const byLua = this.#sums.get(key) ?? new Map<string, Sum>();
    this.#sums.set(key, byLua);
    const sum = byLua.get(this.#lua) ?? {
      lua: this.#lua,
      lines: new Map(),
      calls: new Map(),
      active: new Map(),
    };
    byLua.set(this.#lua, sum);
    return sum;
  }
}

/** Functions of one place have all of their lines together. */
function addActive({ active }: Sum, [place = "", ...lines]: readonly string[]): void {
  active.set(place, [...new Set([...(active.get(place) ?? []), ...lines.map(Number)])]);
}

function addEach<Place>(
  sum: Map<Place, number>,
  entries: readonly string[],
  placeOf: (text: string) => Place,
): void {
  for (const entry of entries) {
    const [text = "", count = ""] = entry.split(":");
    const place = placeOf(text);
    sum.set(place, (sum.get(place) ?? 0) + Number(count));
  }
}
