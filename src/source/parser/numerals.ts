import type { Dialect } from "../dialect.js";
import { DOT, digit, hexDigit, isA, letter, MINUS, PLUS } from "./characters.js";

const decimal = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const hexadecimal = /^0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)(p[+-]?\d+)?$/i;
/** Integers of 64 bits, imaginary numbers, binary digits. */
const ofLuaJit = /^((0x[\da-f]+|0b[01]+|\d+)(ll|ull)|0b[01]+|.+[^.]i)$/i;

/** Where the numeral that begins at an offset ends for a lexer, whether it is well-formed or not. */
export function numeralEnd(text: string, start: number, { numerals }: Dialect): number {
  if (numerals === "5.1") return end51(text, start);
  if (numerals === "LuaJIT") return endLuaJit(text, start);
  const end = end52(text, start);
  // A letter behind a numeral makes it malformed from 5.4 on.
  return numerals === "5.4" && isA(text.charCodeAt(end), letter) ? end + 1 : end;
}

export function isNumeral(numeral: string, { numerals }: Dialect): boolean {
  if (decimal.test(numeral) || hexadecimal.test(numeral)) return true;
  if (numerals !== "LuaJIT" || !ofLuaJit.test(numeral)) return false;
  const real = numeral.slice(0, -1);
  return !/i$/i.test(numeral) || decimal.test(real) || hexadecimal.test(real);
}

const isSign = (code: number) => code === PLUS || code === MINUS;

function end51(text: string, start: number): number {
  let end = start;
  while (isA(text.charCodeAt(end), digit) || text.charCodeAt(end) === DOT) end++;
  if (/^e$/i.test(text.charAt(end))) end += isSign(text.charCodeAt(end + 1)) ? 2 : 1;
  while (isA(text.charCodeAt(end), letter | digit)) end++;
  return end;
}

function end52(text: string, start: number): number {
  const isHex = /^0x$/i.test(text.slice(start, start + 2));
  const exponent = isHex ? /^p$/i : /^e$/i;
  let end = start + (isHex ? 2 : 1);
  for (;;) {
    const code = text.charCodeAt(end);
    if (exponent.test(text.charAt(end))) end += isSign(text.charCodeAt(end + 1)) ? 2 : 1;
    else if (isA(code, hexDigit) || code === DOT) end++;
    else return end;
  }
}

function endLuaJit(text: string, start: number): number {
  const exponent = /^0x$/i.test(text.slice(start, start + 2)) ? /^p$/i : /^e$/i;
  let end = start + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    const goesOn = isA(code, letter | digit) || code === DOT || code >= 0x80;
    if (!goesOn && !(isSign(code) && exponent.test(text.charAt(end - 1)))) return end;
    end++;
  }
}
