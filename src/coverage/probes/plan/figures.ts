/** A number that counters tell, by its place among the figures. */
export type Figure = number;

/** The figure of what cannot happen. */
export const never: Figure = 0;

type Definition =
  | { readonly counter: number }
  | { readonly plus: readonly Figure[]; readonly minus: readonly Figure[] };

/** How values follow from counters, of which a file may have many sets: one list of numbers is gone through much faster than their definitions. */
interface Steps {
  /** A figure and its counter, again and again. */
  readonly counted: Int32Array;
  /** A figure, how many figures are added and how many taken away, and these, again and again. */
  readonly sums: Int32Array;
}

/** Counters, which count from 1, and what follows from them: each sum is made of earlier figures. */
export class Figures {
  readonly #definitions: Definition[] = [{ plus: [], minus: [] }];
  /** Those that were promised, with the counters that they are the sum of; null until these are there. */
  readonly #promised = new Map<Figure, readonly Figure[] | null>();
  #counters = 0;
  #steps: Steps | null = null;

  get counters(): number {
    return this.#counters;
  }

  /** A counter of its own, with its number. */
  counter(): { readonly figure: Figure; readonly counter: number } {
    const counter = ++this.#counters;
    return { figure: this.#add({ counter }), counter };
  }

  sum(plus: readonly Figure[], minus: readonly Figure[] = []): Figure {
    const added = plus.filter((each) => each !== never);
    const taken = minus.filter((each) => each !== never);
    if (taken.length === 0 && added.length <= 1) return added[0] ?? never;
    return this.#add({ plus: added, minus: taken });
  }

  /** A figure that will be the sum of counters. */
  promise(): Figure {
    const figure = this.#add({ plus: [], minus: [] });
    this.#promised.set(figure, null);
    return figure;
  }

  isPromised(figure: Figure): boolean {
    return this.#promised.get(figure) === null;
  }

  keep(figure: Figure, counters: readonly Figure[]): void {
    this.#steps = null;
    this.#promised.set(figure, counters);
  }

  /** The figures' numbers, by the counters from the first one on. */
  values(counters: ArrayLike<number>): Float64Array {
    this.#steps ??= this.#plan();
    const { counted, sums } = this.#steps;
    const values = new Float64Array(this.#definitions.length);
    for (let at = 0; at < counted.length; at += 2)
      values[counted[at] ?? 0] = counters[(counted[at + 1] ?? 0) - 1] ?? 0;
    addUp(sums, values);
    return values;
  }

  /** Those that were promised are sums of counters, and others may be sums of theirs. */
  #plan(): Steps {
    const [counted, sums]: [number[], number[]] = [[], []];
    const all = [...this.#definitions.entries()];
    for (const [figure, definition] of all)
      if ("counter" in definition) counted.push(figure, definition.counter);
    for (const [figure, parts] of this.#promised) {
      if (parts === null) throw new Error("a figure that was never counted");
      sums.push(figure, parts.length, 0, ...parts);
    }
    for (const [figure, definition] of all) {
      if ("counter" in definition || this.#promised.has(figure)) continue;
      const { plus, minus } = definition;
      sums.push(figure, plus.length, minus.length, ...plus, ...minus);
    }
    return { counted: Int32Array.from(counted), sums: Int32Array.from(sums) };
  }

  #add(definition: Definition): Figure {
    this.#steps = null;
    return this.#definitions.push(definition) - 1;
  }
}

function addUp(sums: Int32Array, values: Float64Array): void {
  for (let at = 0; at < sums.length; ) {
    const [figure = 0, plus = 0, minus = 0] = [sums[at], sums[at + 1], sums[at + 2]];
    const taken = at + 3 + plus;
    let sum = 0;
    for (at += 3; at < taken; at++) sum += values[sums[at] ?? 0] ?? 0;
    for (; at < taken + minus; at++) sum -= values[sums[at] ?? 0] ?? 0;
    values[figure] = sum;
  }
}
