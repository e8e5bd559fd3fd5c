import type { LuaState } from "../../fengari.js";
import type { TString } from "../leaves.js";
import { errors, type TValue, tableExports, tag } from "../machine.js";
import { getAny, getInteger, getString, setAny, setItem, Table } from "./table.js";
import { border, next } from "./traverse.js";

const NIL_KEY = Buffer.from("table index is nil");
const NAN_KEY = Buffer.from("table index is NaN");

/** The functions of ltable.js, which all other modules call through its exports. */
Object.assign(tableExports, {
  Table,
  luaH_new: (L: LuaState) => new Table(L),
  luaH_get: (_L: LuaState, table: Table, key: TValue) => getAny(table, key),
  luaH_getint: getInteger,
  luaH_getstr: (table: Table, key: TString) => getString(table, key),
  luaH_setint: setItem,
  luaH_setfrom: setChecked,
  luaH_getn: border,
  luaH_next: nextOnStack,
});

function setChecked(L: LuaState, table: Table, key: TValue, value: TValue): void {
  if (key.type === tag.nil) errors.luaG_runerror(L, NIL_KEY);
  if (key.type === tag.float && Number.isNaN(key.value)) errors.luaG_runerror(L, NAN_KEY);
  setAny(table, key, value);
}

/** Replaces the key on the stack by the next one and puts its value above it. */
function nextOnStack(L: LuaState, table: Table, keyIndex: number): boolean {
  const key = L.stack[keyIndex] as unknown as TValue;
  const value = next(L, table, key);
  if (value === null) return false;
  const above = L.stack[keyIndex + 1] as unknown as TValue;
  above.setfrom(value);
  return true;
}
