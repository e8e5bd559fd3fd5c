/** A number that counters tell, by its place among the figures. */
export type Figure = number;

/** The figure of what cannot happen. */
export const never: Figure = 0;

type Definition =
  | { readonly counter: number }
  | { readonly plus: readonly Figure[]; readonly minus: readonly Figure[] };

/** Counters, which count from 1, and what follows from them; each figure is made of earlier ones. */
export class Figures {
  readonly #definitions: Definition[] = [{ plus: [], minus: [] }];
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

  /** The figures' numbers, by the counters from the first one on. */
  values(counters: readonly number[]): Float64Array {
    const values = new Float64Array(this.#definitions.length);
    const add = (sum: number, figure: Figure) => sum + (values[figure] ?? 0);
    for (const [figure, definition] of this.#definitions.entries()) {
      values[figure] =
        "counter" in definition
          ? (counters[definition.counter - 1] ?? 0)
          : definition.plus.reduce(add, 0) - definition.minus.reduce(add, 0);
    }
    return values;
  }

  #add(definition: Definition): Figure {
    return this.#definitions.push(definition) - 1;
  }
}
