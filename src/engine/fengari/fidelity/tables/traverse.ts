import type { LuaState } from "../../fengari.js";
import { errors, objects, type TValue, tag } from "../machine.js";
import { type Entry, getInteger, hashOf, isIntegral, type Table } from "./table.js";

const NIL = objects.luaO_nilobject;
const INVALID_KEY = Buffer.from("invalid key to 'next'");

/** The next key and value after `key`, which is changed to it; null at the end. */
export function next(L: LuaState, table: Table, key: TValue): TValue | null {
  const index = arrayIndex(table, key);
  if (index >= 0) {
    const { values } = table;
    for (let at = index; at < values.length; at++) {
      const value = values[at];
      if (value !== undefined && value.type !== tag.nil) {
        key.setivalue(at + 1);
        return value;
      }
    }
    return firstLive(table.first, key);
  }
  const entry = table.strong.get(hashOf(key));
  if (entry === undefined) return errors.luaG_runerror(L, INVALID_KEY);
  return firstLive(entry.next, key);
}

/**
 * Where a traversal goes on in the array: behind the key, or from the start for nil; -1 for other keys. A key
 * that was in the array may be behind its end by now, if the program has cleared it.
 */
function arrayIndex(table: Table, key: TValue): number {
  if (key.type === tag.nil) return 0;
  if (!isIntegral(key) || key.value <= 0) return -1;
  const n = key.value;
  if (n <= table.values.length) return n;
  return n <= table.arraySize + table.hashSize && !table.strong.has(n) ? n : -1;
}

function firstLive(from: Entry | null, key: TValue): TValue | null {
  for (let entry = from; entry !== null; entry = entry.next) {
    if (entry.value.type !== tag.nil) {
      key.setfrom(entry.key);
      return entry.value;
    }
  }
  return null;
}

/** A border of the table, the one that luaH_getn of lua5.3 finds. */
export function border(table: Table): number {
  const { values, arraySize } = table;
  if (table.holes === 0 && (table.strong.size === 0 || arraySize > values.length)) return values.length;
  if (arraySize > 0 && isNil(table, arraySize)) return search(table, 0, arraySize);
  return table.hashSize === 0 ? arraySize : unboundSearch(table, arraySize);
}

function unboundSearch(table: Table, present: number): number {
  let below = present;
  let above = present + 1;
  while (!isNil(table, above)) {
    below = above;
    above *= 2;
  }
  return search(table, below, above);
}

/** `below` is present (or 0) and `above` is not. */
function search(table: Table, below: number, above: number): number {
  let [low, high] = [below, above];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isNil(table, middle)) high = middle;
    else low = middle;
  }
  return low;
}

function isNil(table: Table, key: number): boolean {
  const value = getInteger(table, key);
  return value === NIL || value.type === tag.nil;
}
