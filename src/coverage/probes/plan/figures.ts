/** A number that counters tell, by its place among the figures. */
export type Figure = number;

/** The figure of what cannot happen. */
export const never: Figure = 0;

type Definition =
  | { readonly counter: number }
  | { readonly plus: readonly Figure[]; readonly minus: readonly Figure[] };

/** Counters, which count from 1, and what follows from them: each sum is made of earlier figures. */
export class Figures {
  readonly #definitions: Definition[] = [{ plus: [], minus: [] }];
  /** Those that were promised, with the counters that they are the sum of; null until these are there. */
  readonly #promised = new Map<Figure, readonly Figure[] | null>();
  #counters = 0;

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
    this.#promised.set(figure, counters);
  }

  /** The figures' numbers, by the counters from the first one on. */
  values(counters: ArrayLike<number>): Float64Array {
    const values = new Float64Array(this.#definitions.length);
    const add = (sum: number, figure: Figure) => sum + (values[figure] ?? 0);
    for (const [figure, definition] of this.#definitions.entries()) {
      if ("counter" in definition) values[figure] = counters[definition.counter - 1] ?? 0;
    }
    for (const [figure, parts] of this.#promised) {
      if (parts === null) throw new Error("a figure that was never counted");
      values[figure] = parts.reduce(add, 0);
    }
    for (const [figure, definition] of this.#definitions.entries()) {
      if ("counter" in definition || this.#promised.has(figure)) continue;
      values[figure] = definition.plus.reduce(add, 0) - definition.minus.reduce(add, 0);
    }
    return values;
  }

  #add(definition: Definition): Figure {
    return this.#definitions.push(definition) - 1;
  }
}
