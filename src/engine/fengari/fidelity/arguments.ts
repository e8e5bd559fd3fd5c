import type { LuaState } from "../fengari.js";
import { aux, check } from "./api.js";

const LIMIT = 2 ** 63;

/**
 * An integer argument of 64 bits. The machine's have 32, but a float can hold a larger one, as in
 * `("%d"):format(2^31)`.
 */
export function checkWideInteger(L: LuaState, argument: number): bigint {
  const n = aux.luaL_checknumber(L, argument);
  const fits = Number.isInteger(n) && n >= -LIMIT && n < LIMIT;
  check(L, fits, argument, "number has no integer representation");
  return BigInt(n);
}
