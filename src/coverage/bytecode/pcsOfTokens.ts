/** First and last of some instructions. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** The instructions of one function by the tokens that they were made of. */
export interface PcsOfTokens {
  of(token: number): readonly number[];
  /** The extent of the instructions of all tokens from one to another; null where there are none. */
  extent(from: number, to: number): Extent | null;
}

/** A function may have millions of instructions, and a statement as many tokens: both are counted, never searched. */
export function createPcsOfTokens(tokenOfPc: Int32Array): PcsOfTokens {
  const [lowest, highest] = rangeOf(tokenOfPc);
  const size = highest - lowest + 1;
  const order = sortedByToken(tokenOfPc, lowest, size);
  const firsts = createTree(size, Math.min, 0x7fffffff);
  const lasts = createTree(size, Math.max, -1);
  for (let pc = 0; pc < tokenOfPc.length; pc++) {
    const place = (tokenOfPc[pc] ?? 0) - lowest;
    firsts.note(place, pc);
    lasts.note(place, pc);
  }
  firsts.build();
  lasts.build();
  return {
    of: (token) => order.of(token - lowest),
    extent: (from, to) => {
      const begin = Math.max(from - lowest, 0);
      const end = Math.min(to - lowest, size - 1);
      const last = begin > end ? -1 : lasts.query(begin, end);
      return last === -1 ? null : { first: firsts.query(begin, end), last };
    },
  };
}

function rangeOf(tokens: Int32Array): [lowest: number, highest: number] {
  let lowest = Number.MAX_SAFE_INTEGER;
  let highest = -1;
  tokens.forEach((token) => {
    lowest = Math.min(lowest, token);
    highest = Math.max(highest, token);
  });
  return highest === -1 ? [0, -1] : [lowest, highest];
}

/** Counting sort: the pcs of each token in their order. */
function sortedByToken(tokenOfPc: Int32Array, lowest: number, size: number) {
  const ends = new Uint32Array(size + 1);
  tokenOfPc.forEach((token) => {
    ends[token - lowest + 1] = (ends[token - lowest + 1] ?? 0) + 1;
  });
  for (let token = 1; token <= size; token++) ends[token] = (ends[token] ?? 0) + (ends[token - 1] ?? 0);
  const starts = ends.slice();
  const pcs = new Uint32Array(tokenOfPc.length);
  for (let pc = 0; pc < tokenOfPc.length; pc++) {
    const token = (tokenOfPc[pc] ?? 0) - lowest;
    const place = starts[token] ?? 0;
    pcs[place] = pc;
    starts[token] = place + 1;
  }
  return { of: (token: number): number[] => Array.from(pcs.subarray(ends[token], ends[token + 1])) };
}

/** A segment tree: the smallest or largest value of any range of places, in logarithmic time. */
function createTree(size: number, choose: (a: number, b: number) => number, neutral: number) {
  const values = new Int32Array(2 * size).fill(neutral);
  const at = (index: number) => values[index] ?? neutral;
  return {
    note: (place: number, value: number) => {
      values[size + place] = choose(at(size + place), value);
    },
    build: () => {
      for (let index = size - 1; index > 0; index--) values[index] = choose(at(2 * index), at(2 * index + 1));
    },
    query: (from: number, to: number) => {
      let result = neutral;
      for (let low = from + size, high = to + size + 1; low < high; low >>= 1, high >>= 1) {
        if (low & 1) result = choose(result, at(low++));
        if (high & 1) result = choose(result, at(--high));
      }
      return result;
    },
  };
}
