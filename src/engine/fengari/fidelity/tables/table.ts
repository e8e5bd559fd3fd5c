import type { LuaState } from "../../fengari.js";
import type { TString } from "../leaves.js";
import { lightUserdataKey } from "../lightUserdata.js";
import { objects, strings, type TValue, tag } from "../machine.js";
import { rehash } from "./rehash.js";

/**
 * The tables of the machine. fengari's keep everything in one map, in the order in which it was set, which
 * for a table constructor is from the last item to the first. These have the two parts of lua5.3's tables: an
 * array, which is traversed first, and a hash.
 *
 * The length of a table with holes depends on when lua5.3 would move items to its array. So its sizes are kept
 * as in ltable.c (`arraySize`, `hashSize`, `hashUsed`), apart from where the values really are: an item behind
 * the last one is always appended to `values`, as long as `strong` has no room for it in lua5.3.
 */
export class Table {
  readonly id: number;
  /** The values of the keys 1, 2, 3 …, none of which is in `strong`; `holes` of them are nil. */
  values: TValue[] = [];
  holes = 0;
  /** All other entries, by hash and in order. llex.js asks the scanner's table for `strong`. */
  strong = NO_ENTRIES;
  first: Entry | null = null;
  last: Entry | null = null;
  arraySize = 0;
  hashSize = 0;
  hashUsed = 0;
  /** Used by lapi.js and ltm.js. */
  metatable: unknown = null;
  flags = ~0;

  constructor(L: LuaState) {
    this.id = L.l_G.id_counter++;
  }
}

/** As in ltable.c an entry whose value is nil stays until its table is rehashed: a traversal can stand on it. */
export interface Entry {
  readonly key: TValue;
  readonly hash: unknown;
  value: TValue;
  next: Entry | null;
}

const NO_ENTRIES: Map<unknown, Entry> = new Map();
const NIL = objects.luaO_nilobject;
const Slot = objects.TValue;

/** How far behind the end luaH_setint extends the array: SETLIST sets up to 50 items, from the last one. */
const FIELDS_PER_FLUSH = 50;

export function getInteger(table: Table, key: number): TValue {
  const { values } = table;
  if (key > 0 && key <= values.length) return values[key - 1] ?? NIL;
  if (table.strong === NO_ENTRIES) return NIL;
  return table.strong.get(key)?.value ?? NIL;
}

export function getString(table: Table, key: TString): TValue {
  return table.strong.get(key.hash ?? strings.luaS_hashlongstr(key))?.value ?? NIL;
}

export function getAny(table: Table, key: TValue): TValue {
  if (key.type === tag.longString) return getString(table, key.value as TString);
  if (isIntegral(key)) return getInteger(table, key.value);
  return key.type === tag.nil ? NIL : (table.strong.get(hashOf(key))?.value ?? NIL);
}

/** Sets any key but nil and NaN, which the caller refuses. */
export function setAny(table: Table, key: TValue, value: TValue): void {
  if (isIntegral(key)) setInteger(table, key.value, value);
  else setEntry(table, hashOf(key), key, value);
}

function setInteger(table: Table, key: number, value: TValue): void {
  const size = table.values.length;
  if (key > 0 && key <= size) setSlot(table, key, value);
  else if (key === size + 1 && table.strong === NO_ENTRIES) append(table, key, value);
  else setEntry(table, key, integerKey(key), value);
}

/** What SETLIST calls: the items of a constructor are all in the array, also those that are nil. */
export function setItem(table: Table, key: number, value: TValue): void {
  const size = table.values.length;
  if (key > size && key <= size + FIELDS_PER_FLUSH) {
    extend(table, key);
    if (table.arraySize < key) table.arraySize = key;
  }
  setInteger(table, key, value);
}

/** The key of an entry in `strong`: equal for equal values of Lua, and for no others. */
export function hashOf(key: TValue): unknown {
  switch (key.type) {
    case tag.shortString:
    case tag.longString:
      return strings.luaS_hashlongstr(key.value as TString);
    case tag.lightUserdata:
      return lightUserdataKey(key.value);
    default:
      return key.value;
  }
}

/** Integers, and floats that are equal to one; integers have 32 bits. */
export function isIntegral(key: TValue): key is TValue & { readonly value: number } {
  if (key.type === tag.integer) return true;
  return key.type === tag.float && ((key.value as number) | 0) === key.value;
}

export function integerKey(key: number): TValue {
  return new Slot(tag.integer, key);
}

/** The key of an entry that could be in an array, 0 for any other. */
export function integerEntry({ key }: Entry): number {
  return key.type === tag.integer ? Math.max(key.value as number, 0) : 0;
}

function setSlot(table: Table, key: number, value: TValue): void {
  const slot = table.values[key - 1];
  if (slot === undefined) return;
  if (value.type === tag.nil) {
    if (slot.type !== tag.nil) table.holes++;
    slot.setfrom(value);
    if (key === table.values.length) dropEnd(table);
  } else {
    if (slot.type === tag.nil) table.holes--;
    slot.setfrom(value);
  }
}

/** Takes the nils at the end away, so that a stack that shrinks and grows has no holes. */
function dropEnd(table: Table): void {
  const { values } = table;
  while (values.length > 0 && values[values.length - 1]?.type === tag.nil) {
    if (values.length > table.arraySize) table.hashUsed--;
    values.pop();
    table.holes--;
  }
}

/** Adds the key behind the last one of the array. */
function append(table: Table, key: number, value: TValue): void {
  if (value.type === tag.nil) return;
  const inArray = makeRoom(table, key);
  // Making room may have turned a sparse array into entries.
  if (key === table.values.length + 1) table.values.push(new Slot(value.type, value.value));
  else place(table, inArray, key, integerKey(key), value);
}

function setEntry(table: Table, hash: unknown, key: TValue, value: TValue): void {
  const entry = table.strong.get(hash);
  if (entry !== undefined) entry.value.setfrom(value);
  else if (value.type !== tag.nil) addKey(table, hash, key, value);
}

/** Adds a key that the table has nowhere. */
function addKey(table: Table, hash: unknown, key: TValue, value: TValue): void {
  const integer = isIntegral(key) && key.value > 0 ? key.value : 0;
  const inArray = makeRoom(table, integer) || integer === table.values.length + 1;
  const added = new Slot(integer > 0 ? tag.integer : key.type, key.value);
  place(table, inArray, hash, added, value);
}

function place(table: Table, inArray: boolean, hash: unknown, key: TValue, value: TValue): void {
  if (inArray) {
    extend(table, key.value as number);
    setSlot(table, key.value as number, value);
    takeFollowing(table);
  } else {
    addEntry(table, hash, key, new Slot(value.type, value.value));
  }
}

/** Makes room for a new key as luaH_newkey does. Whether it is in lua5.3's array; `integer` is 0 for others. */
function makeRoom(table: Table, integer: number): boolean {
  if (integer > 0 && integer <= table.arraySize) return true;
  if (table.hashUsed === table.hashSize) {
    rehash(table, integer);
    if (integer > 0 && integer <= table.arraySize) return true;
  }
  table.hashUsed++;
  return false;
}

export function addEntry(table: Table, hash: unknown, key: TValue, value: TValue): void {
  const entry: Entry = { key, hash, value, next: null };
  if (table.strong === NO_ENTRIES) table.strong = new Map();
  table.strong.set(hash, entry);
  if (table.last === null) table.first = entry;
  else table.last.next = entry;
  table.last = entry;
}

/** Makes the array hold the keys up to `size`, which are nil or come from the entries. */
export function extend(table: Table, size: number): void {
  const { values, strong } = table;
  while (values.length < size) {
    const entry = strong.size === 0 ? undefined : strong.get(values.length + 1);
    if (entry !== undefined) moveToArray(table, entry);
    else {
      values.push(new Slot(tag.nil, null));
      table.holes++;
    }
  }
}

/** Moves the entries behind the array that follow without a gap. */
function takeFollowing(table: Table): void {
  while (table.strong.size > 0) {
    const entry = table.strong.get(table.values.length + 1);
    if (entry === undefined || entry.value.type === tag.nil) return;
    moveToArray(table, entry);
  }
}

function moveToArray(table: Table, entry: Entry): void {
  table.strong.delete(entry.hash);
  table.values.push(entry.value);
  if (entry.value.type === tag.nil) table.holes++;
  // What is left in the list is nobody's any more.
  entry.value = NIL;
}
