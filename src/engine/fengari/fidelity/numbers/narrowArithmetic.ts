/**
 * Arithmetic on integers of 32 bits that says when a result would be another one in 64 bits. The expressions of
 * fengari 0.1.5 that compute one are replaced by calls of these functions.
 */

let listener: () => void = () => {};

/** Who is told of a result that 32 bits cannot hold. */
export function onNarrowResult(heard: () => void): void {
  listener = heard;
}

/** What the changed texts call. */
export const narrow = {
  /** A sum or difference of two integers, which is exact as a float. */
  fit(exact: number): number {
    const integer = exact | 0;
    if (integer !== exact) listener();
    return integer;
  },
  product(a: number, b: number): number {
    const integer = Math.imul(a, b);
    if (integer !== a * b) listener();
    return integer;
  },
  shiftLeft(value: number, count: number): number {
    const integer = count >= 32 ? 0 : value << count;
    if (count < 64 && integer !== value * 2 ** count) listener();
    return integer;
  },
  shiftRight(value: number, count: number): number {
    // In 64 bits a negative number has 32 more of them to shift in.
    if (value < 0 && count < 64) listener();
    return count >= 32 ? 0 : value >>> count;
  },
  /** A float that has to be an integer and is none here. */
  refused(value: unknown): void {
    if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) < 2 ** 63) listener();
  },
};

type Replacement = readonly [text: string, by: string];

const replacements: Readonly<Record<string, readonly Replacement[]>> = {
  "lvm.js": [
    ["setivalue((op1.value + op2.value)|0)", "setivalue(narrow.fit(op1.value + op2.value))"],
    ["setivalue((op1.value - op2.value)|0)", "setivalue(narrow.fit(op1.value - op2.value))"],
    ["setivalue((-op.value)|0)", "setivalue(narrow.fit(0 - op.value))"],
    ["const luaV_imul = Math.imul ||", "const luaV_imul = narrow.product ||"],
    ["return Math.floor(m / n)|0;", "return narrow.fit(Math.floor(m / n) + 0);"],
    ["if (y <= -NBITS) return 0;\n        else return x >>> -y;", "return narrow.shiftRight(x, -y);"],
    ["if (y >= NBITS) return 0;\n        else return x << y;", "return narrow.shiftLeft(x, y);"],
  ],
  "lobject.js": [
    ["return (v1 + v2)|0;", "return narrow.fit(v1 + v2);"],
    ["return (v1 - v2)|0;", "return narrow.fit(v1 - v2);"],
    ["return (0 - v1)|0;", "return narrow.fit(0 - v1);"],
  ],
  "lauxlib.js": [
    [
      'luaL_argerror(L, arg, to_luastring("number has no integer',
      'narrow.refused(lua_tonumber(L, arg)), luaL_argerror(L, arg, to_luastring("number has no integer',
    ],
  ],
  "ldebug.js": [
    [
      'luaG_runerror(L, to_luastring("number%s has no',
      'narrow.refused(p2.value), luaG_runerror(L, to_luastring("number%s has no',
    ],
  ],
};

/** The text of a module of fengari that computes as above. */
export function withNarrowArithmetic(module: string, text: string): string {
  return (replacements[module] ?? []).reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`fengari's ${module} has no ${from}`);
    return changed.replace(from, () => to);
  }, text);
}
