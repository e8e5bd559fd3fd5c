/** The Luas whose texts can be read. */
export type LuaVersion = "5.1" | "5.2" | "5.3" | "5.4" | "5.5" | "LuaJIT";

/** What the Luas' languages differ in, as their lexers and parsers have it (llex.c, lparser.c; lj_lex.c, lj_parse.c). */
export interface Dialect {
  readonly version: LuaVersion;
  /** Whether a file may begin with a byte order mark. */
  readonly byteOrderMark: boolean;
  /** Whether bytes from 0x80 on are letters. */
  readonly wideNames: boolean;
  /** How far a numeral reaches, and which ones there are. */
  readonly numerals: "5.1" | "5.2" | "5.4" | "LuaJIT";
  /** `\x` and `\z`; without them an unknown escape stands for its character in 5.1. */
  readonly hexEscapes: boolean;
  /** The largest code of `\u{}`; 0 where there is no such escape. */
  readonly unicodeEscapes: number;
  /** Whether `[[` may stand in `[[ ]]`. */
  readonly nestedBrackets: boolean;
  /** Whether `//` and the operators on bits are there. */
  readonly bitOperators: boolean;
  /** `goto` and labels; "soft" where `goto` may be a name, too. */
  readonly goto: "none" | "soft" | "reserved";
  /** A `;` is a statement, and `break` need not be the last one of its block. */
  readonly freeStatements: boolean;
  /** Whether `f` and `(` of a call may stand on different lines. */
  readonly callsOverLines: boolean;
  /** Whether a label must be unique in its whole function, not in its block alone. */
  readonly uniqueLabels: boolean;
  /** `<const>` and `<close>`. */
  readonly attributes: boolean;
  /** `global`, attributes before names, names of varargs, loop variables that are constants. */
  readonly globals: boolean;
  /** How many upvalues a function may have. */
  readonly upvalues: number;
}

const lua51: Dialect = {
  version: "5.1",
  byteOrderMark: false,
  wideNames: false,
  numerals: "5.1",
  hexEscapes: false,
  unicodeEscapes: 0,
  nestedBrackets: false,
  bitOperators: false,
  goto: "none",
  freeStatements: false,
  callsOverLines: false,
  uniqueLabels: false,
  attributes: false,
  globals: false,
  upvalues: 60,
};
const lua52: Dialect = {
  ...lua51,
  version: "5.2",
  byteOrderMark: true,
  numerals: "5.2",
  hexEscapes: true,
  nestedBrackets: true,
  goto: "reserved",
  freeStatements: true,
  callsOverLines: true,
  upvalues: 255,
};
const lua53: Dialect = { ...lua52, version: "5.3", unicodeEscapes: 0x10ffff, bitOperators: true };
const lua54: Dialect = {
  ...lua53,
  version: "5.4",
  numerals: "5.4",
  unicodeEscapes: 0x7fffffff,
  uniqueLabels: true,
  attributes: true,
};
const lua55: Dialect = { ...lua54, version: "5.5", globals: true };
const luaJit: Dialect = {
  ...lua51,
  version: "LuaJIT",
  byteOrderMark: true,
  wideNames: true,
  numerals: "LuaJIT",
  hexEscapes: true,
  unicodeEscapes: 0x10ffff,
  nestedBrackets: true,
  goto: "soft",
};

export const dialects: Readonly<Record<LuaVersion, Dialect>> = {
  "5.1": lua51,
  "5.2": lua52,
  "5.3": lua53,
  "5.4": lua54,
  "5.5": lua55,
  LuaJIT: luaJit,
};

/** In the order in which they are tried where no version is named. */
export const newestFirst: readonly [LuaVersion, ...LuaVersion[]] = [
  "5.5",
  "5.4",
  "5.3",
  "5.2",
  "LuaJIT",
  "5.1",
];
