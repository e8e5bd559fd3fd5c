import type { Dialect } from "../dialect.js";
import { DOT, digit, hexDigit, isA, letter, MINUS, PLUS } from "./characters.js";

const decimal = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const hexadecimal = /^0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)(p[+-]?\d+)?$/i;
const integerOfLuaJit = /^(0x[\da-f]+|0b[01]+|\d+)u?ll$/i;
const binary = /^0b[01]+$/i;

/** Where the numeral that begins at an offset ends for a lexer, whether it is well-formed or not. */
export function numeralEnd(text: string, start: number, { numerals }: Dialect): number {
  if (numerals === "5.1") return end51(text, start);
  if (numerals === "LuaJIT") return endLuaJit(text, start);
  const end = end52(text, start);
  // A letter behind a numeral makes it malformed from 5.4 on.
  return numerals === "5.4" && isA(text.charCodeAt(end), letter) ? end + 1 : end;
}

export function isNumeral(numeral: string, { numerals }: Dialect): boolean {
  return numerals === "LuaJIT" ? isOfLuaJit(numeral) : isReal(numeral);
}

const isReal = (numeral: string) => decimal.test(numeral) || hexadecimal.test(numeral);

/** LuaJIT has integers of 64 bits, imaginary numbers, binary digits, and a limit for exponents (lj_strscan.c). */
function isOfLuaJit(numeral: string): boolean {
  const [, integer] = integerOfLuaJit.exec(numeral) ?? [];
  if (integer !== undefined) return has64Bits(integer);
  const real = numeral.replace(/i$/i, "");
  if (binary.test(real)) return has64Bits(real);
  const [, exponent = "0"] = /(?:^0x.*p|^[^x]*e)(.*)$/i.exec(real) ?? [];
  return isReal(real) && Math.abs(Number(exponent)) < 2 ** 20;
}

const has64Bits = (integer: string) => BigInt(integer) < 2n ** 64n;

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
