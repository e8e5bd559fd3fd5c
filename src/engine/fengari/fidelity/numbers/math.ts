import type { LuaFunction, LuaState } from "../../fengari.js";
import { api, aux } from "../api.js";

/** What the math library has under LUA_COMPAT_MATHLIB, and what fengari's does differently. */
export const mathFunctions: Readonly<Record<string, LuaFunction>> = {
  cosh: ofNumber(Math.cosh),
  sinh: ofNumber(Math.sinh),
  tanh: ofNumber(Math.tanh),
  log10: ofNumber(Math.log10),
  pow: (L) => pushNumber(L, power(aux.luaL_checknumber(L, 1), aux.luaL_checknumber(L, 2))),
  frexp,
  ldexp,
};

function ofNumber(f: (n: number) => number): LuaFunction {
  return (L) => pushNumber(L, f(aux.luaL_checknumber(L, 1)));
}

function pushNumber(L: LuaState, n: number): number {
  api.lua_pushnumber(L, n);
  return 1;
}

/** As C's pow, for which 1 to the power of anything is 1, and so is -1 to the power of an infinity. */
export function power(base: number, exponent: number): number {
  const one = base === 1 || (base === -1 && Math.abs(exponent) === Infinity);
  return one ? 1 : base ** exponent;
}

function frexp(L: LuaState): number {
  const n = aux.luaL_checknumber(L, 1);
  const [fraction, exponent] = n === 0 || !Number.isFinite(n) ? [n, 0] : split(n);
  api.lua_pushnumber(L, fraction);
  api.lua_pushinteger(L, exponent);
  return 2;
}

/** The fraction, from a half to one, and the power of two that make a number together. */
function split(n: number): readonly [number, number] {
  const view = new DataView(new ArrayBuffer(8));
  // A subnormal number has no exponent of its own.
  const shift = Math.abs(n) < 2 ** -1022 ? 64 : 0;
  view.setFloat64(0, n * 2 ** shift);
  const high = view.getUint16(0);
  view.setUint16(0, (high & 0x800f) | (1022 << 4));
  return [view.getFloat64(0), ((high >> 4) & 0x7ff) - 1022 - shift];
}

/** In steps that neither overflow nor round before the last one. */
function ldexp(L: LuaState): number {
  let n = aux.luaL_checknumber(L, 1);
  let exponent = Math.max(-2200, Math.min(2200, aux.luaL_checkinteger(L, 2)));
  for (; exponent > 1000; exponent -= 1000) n *= 2 ** 1000;
  for (; exponent < -1000; exponent += 1000) n *= 2 ** -1000;
  return pushNumber(L, n * 2 ** exponent);
}
