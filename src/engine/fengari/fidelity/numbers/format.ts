import type { LuaState } from "../../fengari.js";
import { api, aux, check, raise } from "../api.js";
import { checkWideInteger } from "../arguments.js";
import { ByteBuffer } from "../byteBuffer.js";
import { type Directive, floatText, signedText, unsignedText } from "./printf.js";
import { quoted } from "./quoted.js";

const PERCENT = 0x25;
const FLAGS = "-+ #0";
/** Strings at least this long are never padded by lstrlib.c. */
const LONG = 100;

/** string.format, as lstrlib.c over C's printf. */
export function format(L: LuaState): number {
  const text = aux.luaL_checklstring(L, 1);
  const top = api.lua_gettop(L);
  const out = new ByteBuffer();
  let argument = 1;
  for (let at = 0; at < text.length; ) {
    const percent = text.indexOf(PERCENT, at);
    out.add(text.subarray(at, percent === -1 ? text.length : percent));
    if (percent === -1) break;
    at = percent + 2;
    if (text[percent + 1] === PERCENT) out.add(text.subarray(percent, percent + 1));
    else {
      argument++;
      if (argument > top) check(L, false, argument, "no value");
      at = convert(L, text, percent + 1, argument, out);
    }
  }
  api.lua_pushstring(L, out.bytes());
  return 1;
}

/** Adds one converted argument and returns where the text goes on. */
function convert(L: LuaState, text: Uint8Array, start: number, argument: number, out: ByteBuffer): number {
  const end = endOfDirective(L, text, start);
  const directive = parseDirective(text, start, end);
  const letter = String.fromCharCode(text[end] ?? 0);
  const conversion = conversions[letter];
  if (conversion === undefined) {
    return raise(L, `invalid option '%%${shown(text[end] ?? 0)}' to 'format'`);
  }
  const converted = conversion(L, argument, directive, letter, end > start);
  out.add(typeof converted === "string" ? Buffer.from(converted, "latin1") : converted);
  return end + 1;
}

/** As `%c` of lua_pushfstring. */
function shown(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `<\\${byte}>`;
}

/** scanformat() of lstrlib.c: where the letter is. */
function endOfDirective(L: LuaState, text: Uint8Array, start: number): number {
  const isDigit = (at: number) => (text[at] ?? 0) >= 0x30 && (text[at] ?? 0) <= 0x39;
  const upToTwoDigits = (at: number) => at + (isDigit(at) ? (isDigit(at + 1) ? 2 : 1) : 0);
  let at = start;
  while (at < text.length && FLAGS.includes(String.fromCharCode(text[at] ?? 0))) at++;
  if (at - start > FLAGS.length) {
    raise(L, "invalid format (repeated flags)");
  }
  at = upToTwoDigits(at);
  if (text[at] === 0x2e) at = upToTwoDigits(at + 1);
  if (isDigit(at)) raise(L, "invalid format (width or precision too long)");
  return at;
}

function parseDirective(text: Uint8Array, start: number, end: number): Directive {
  const source = String.fromCharCode(...text.subarray(start, end));
  const [, flags = "", width = "", precision] = /^([-+ #0]*)(\d*)(?:\.(\d*))?$/.exec(source) ?? [];
  return {
    left: flags.includes("-"),
    plus: flags.includes("+"),
    space: flags.includes(" "),
    alternative: flags.includes("#"),
    zeros: flags.includes("0"),
    width: Number(width),
    precision: precision === undefined ? undefined : Number(precision),
  };
}

type Conversion = (
  L: LuaState,
  argument: number,
  directive: Directive,
  letter: string,
  modified: boolean,
) => string | Uint8Array;

const conversions: Readonly<Record<string, Conversion>> = {
  c: character,
  d: signed,
  i: signed,
  u: unsigned,
  o: unsigned,
  x: unsigned,
  X: unsigned,
  a: float,
  A: float,
  e: float,
  E: float,
  f: float,
  g: float,
  G: float,
  q: (L, argument) => quoted(L, argument),
  s: string,
};

function character(L: LuaState, argument: number, directive: Directive): string {
  const code = Number(checkWideInteger(L, argument) & 0xffn);
  return pad(String.fromCharCode(code), directive);
}

function signed(L: LuaState, argument: number, directive: Directive): string {
  return signedText(checkWideInteger(L, argument), directive);
}

const radixes = { u: 10, o: 8, x: 16 } as const;

function unsigned(L: LuaState, argument: number, directive: Directive, letter: string): string {
  const n = checkWideInteger(L, argument);
  // What fits in 32 bits may be the pattern of an unsigned integer of 32 bits, such as a hash.
  const bits = BigInt.asIntN(32, n) === n ? 32 : 64;
  const radix = letter === "u" ? radixes.u : letter === "o" ? radixes.o : radixes.x;
  const text = unsignedText(n, radix, bits, directive);
  return letter === "X" ? text.toUpperCase() : text;
}

function float(L: LuaState, argument: number, directive: Directive, letter: string): string {
  const lower = letter.toLowerCase();
  const text = floatText(aux.luaL_checknumber(L, argument), lower, directive);
  return lower === letter ? text : text.toUpperCase();
}

function string(
  L: LuaState,
  argument: number,
  directive: Directive,
  _letter: string,
  modified: boolean,
): string | Uint8Array {
  const bytes = aux.luaL_tolstring(L, argument);
  api.lua_pop(L, 1);
  if (!modified) return bytes;
  if (bytes.includes(0)) check(L, false, argument, "string contains zeros");
  if (directive.precision === undefined && bytes.length >= LONG) return bytes;
  return pad(Buffer.from(bytes.subarray(0, directive.precision)).toString("latin1"), directive);
}

function pad(text: string, { left, width }: Directive): string {
  return left ? text.padEnd(width) : text.padStart(width);
}
