import { type TValue, tag } from "../machine.js";
import { addEntry, type Entry, extend, integerEntry, integerKey, type Table } from "./table.js";

/** An array longer than this and than lua5.3's goes back to entries when three in four of its values are nil. */
const SPARSE_FROM = 64;
const MAX_BITS = 30;

/** rehash() of ltable.c: finds new sizes for both parts; `extra` is the integer key to be added, 0 for another. */
export function rehash(table: Table, extra: number): void {
  purge(table);
  const { size, inside } = hasIntegers(table, extra) ? arraySizeFor(countIntegers(table, extra)) : noArray;
  const total = table.values.length - table.holes + table.strong.size + 1;
  table.arraySize = size;
  table.hashSize = total === inside ? 0 : 2 ** Math.ceil(Math.log2(total - inside));
  table.hashUsed = total - inside - (extra > 0 && extra <= size ? 0 : 1);
  const { values, holes } = table;
  if (values.length > Math.max(size, SPARSE_FROM) && holes > values.length * 0.75) shorten(table);
  takeUpTo(table, size);
}

const noArray = { size: 0, inside: 0 };

/** A table that is an object has none, and finds a size for each few of its fields. */
function hasIntegers(table: Table, extra: number): boolean {
  if (extra > 0 || table.values.length > 0) return true;
  for (let entry = table.first; entry !== null; entry = entry.next) {
    if (integerEntry(entry) > 0) return true;
  }
  return false;
}

/** Forgets the entries whose value is nil. */
function purge(table: Table): void {
  let last: Entry | null = null;
  for (let entry = table.first; entry !== null; entry = entry.next) {
    if (entry.value.type !== tag.nil) {
      if (last === null) table.first = entry;
      else last.next = entry;
      last = entry;
    } else if (table.strong.get(entry.hash) === entry) table.strong.delete(entry.hash);
  }
  if (last === null) table.first = null;
  else last.next = null;
  table.last = last;
}

/** How many integer keys there are from 2^(n-1) + 1 to 2^n, for each n. */
function countIntegers(table: Table, extra: number): number[] {
  const counts = new Array<number>(MAX_BITS + 1).fill(0);
  const count = (key: number) => {
    const bits = key === 1 ? 0 : 32 - Math.clz32(key - 1);
    if (bits <= MAX_BITS) counts[bits] = (counts[bits] ?? 0) + 1;
  };
  if (table.holes === 0) countDense(table.values.length, counts);
  else countSlots(table.values, count);
  for (let entry = table.first; entry !== null; entry = entry.next) {
    const key = integerEntry(entry);
    if (key > 0) count(key);
  }
  if (extra > 0) count(extra);
  return counts;
}

function countDense(length: number, counts: number[]): void {
  for (let bits = 0, below = 0; below < length && bits <= MAX_BITS; bits++) {
    const upTo = Math.min(2 ** bits, length);
    counts[bits] = upTo - below;
    below = upTo;
  }
}

function countSlots(values: readonly TValue[], count: (key: number) => void): void {
  for (let index = 0; index < values.length; index++) {
    if (values[index]?.type !== tag.nil) count(index + 1);
  }
}

/** computesizes() of ltable.c: the largest array of which more than half is used, and how many keys are inside. */
function arraySizeFor(counts: readonly number[]): { size: number; inside: number } {
  const integers = counts.reduce((sum, each) => sum + each, 0);
  let best = { size: 0, inside: 0 };
  let below = 0;
  for (const [bits, count] of counts.entries()) {
    const size = 2 ** bits;
    if (integers <= size / 2) break;
    below += count;
    if (count > 0 && below > size / 2) best = { size, inside: below };
  }
  return best;
}

/** Moves what is behind lua5.3's array to the entries. */
function shorten(table: Table): void {
  const moved = table.values.splice(table.arraySize);
  for (const [index, value] of moved.entries()) {
    if (value.type === tag.nil) table.holes--;
    else {
      const key = table.arraySize + index + 1;
      addEntry(table, key, integerKey(key), value);
    }
  }
}

/** Moves the integer entries that lua5.3 has in its array there. */
function takeUpTo(table: Table, size: number): void {
  let highest = 0;
  for (let entry = table.first; entry !== null; entry = entry.next) {
    const key = integerEntry(entry);
    if (key <= size && key > highest) highest = key;
  }
  extend(table, highest);
}
