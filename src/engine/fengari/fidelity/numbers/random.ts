import { type LuaFunction, type LuaState, lua } from "../../fengari.js";
import { aux, check, raise } from "../api.js";

/**
 * `math.random` and `math.randomseed` of one state, over xoshiro128** (Blackman and Vigna): a period of 2^128 - 1 in
 * integers of 32 bits. C's own generator is another on every system. As in fengari, a program that gives no seed
 * gets other numbers in each run, so that files of the same random name do not meet.
 */
export function randomFunctions(): Readonly<Record<string, LuaFunction>> {
  let next = generator(Math.trunc(Math.random() * 2 ** 32));
  return {
    random: (L) => random(L, () => next()),
    randomseed: (L) => {
      // As C's cast: the fraction is cut off, and 32 bits are left.
      next = generator(aux.luaL_checknumber(L, 1) | 0);
      return 0;
    },
  };
}

/** Gives the next 32 random bits. */
type Bits = () => number;

function generator(seed: number): Bits {
  const fill = splitMix(seed);
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

/** Spreads a seed over as many numbers as are asked for, no four of which in turn are all 0. */
function splitMix(seed: number): Bits {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
}

function rotate(bits: number, count: number): number {
  return (bits << count) | (bits >>> (32 - count));
}

/** From 0 to less than 1, as many different ones as a float has there. */
function fraction(next: Bits): number {
  return ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

/** From 0 to `range`, each as often: what would make the first few more frequent is drawn again. */
function upTo(range: number, next: Bits): number {
  const count = range + 1;
  const limit = 2 ** 32 - (2 ** 32 % count);
  let drawn = next();
  while (drawn >= limit) drawn = next();
  return drawn % count;
}

function random(L: LuaState, next: Bits): number {
  const count = lua.lua_gettop(L);
  if (count === 0) {
    lua.lua_pushnumber(L, fraction(next));
    return 1;
  }
  if (count > 2) raise(L, "wrong number of arguments");
  const low = count === 1 ? 1 : wholeNumber(L, 1);
  const up = wholeNumber(L, count);
  check(L, low <= up, 1, "interval is empty");
  check(L, up - low < 2 ** 53, 1, "interval too large");
  pushWhole(
    L,
    low + (up - low < 2 ** 32 ? upTo(up - low, next) : Math.floor(fraction(next) * (up - low + 1))),
  );
  return 1;
}

/** An integer; also one of more than 32 bits, which is a float here. */
function wholeNumber(L: LuaState, argument: number): number {
  const number = aux.luaL_checknumber(L, argument);
  return Number.isSafeInteger(number) ? number : aux.luaL_checkinteger(L, argument);
}

function pushWhole(L: LuaState, value: number): void {
  if ((value | 0) === value) lua.lua_pushinteger(L, value);
  else lua.lua_pushnumber(L, value);
}
