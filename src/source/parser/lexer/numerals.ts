import type { Dialect } from "../../dialect.js";
import {
  type Characters,
  codeAt,
  DOT,
  digit,
  hexDigit,
  isA,
  letter,
  MINUS,
  PLUS,
  wide,
} from "./characters.js";

const decimal = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const hexadecimal = /^0x([\da-f]+\.?[\da-f]*|\.[\da-f]+)(p[+-]?\d+)?$/i;
const integerOfLuaJit = /^(0x[\da-f]+|0b[01]+|\d+)u?ll$/i;
const binary = /^0b[01]+$/i;

/** Where the numeral that begins at an offset ends for a lexer, whether it is well-formed or not. */
export function numeralEnd(source: Characters, start: number, { numerals }: Dialect): number {
  if (numerals === "5.1") return end51(source, start);
  if (numerals === "LuaJIT") return endLuaJit(source, start);
  const end = end52(source, start);
  // A letter behind a numeral makes it malformed from 5.4 on.
  return numerals === "5.4" && isA(codeAt(source, end), letter) ? end + 1 : end;
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

const DIGIT_ZERO = 48;
const LETTER_E = 101;
const LETTER_P = 112;
const LETTER_X = 120;

const lowerCase = (code: number) => code | 0x20;

function hasHexPrefix(source: Characters, start: number): boolean {
  return codeAt(source, start) === DIGIT_ZERO && lowerCase(codeAt(source, start + 1)) === LETTER_X;
}

function end51(source: Characters, start: number): number {
  let end = start;
  while (isA(codeAt(source, end), digit) || codeAt(source, end) === DOT) end++;
  if (lowerCase(codeAt(source, end)) === LETTER_E) end += isSign(codeAt(source, end + 1)) ? 2 : 1;
  while (isA(codeAt(source, end), letter | digit)) end++;
  return end;
}

function end52(source: Characters, start: number): number {
  const isHex = hasHexPrefix(source, start);
  const exponent = isHex ? LETTER_P : LETTER_E;
  let end = start + (isHex ? 2 : 1);
  for (;;) {
    const code = codeAt(source, end);
    if (lowerCase(code) === exponent) end += isSign(codeAt(source, end + 1)) ? 2 : 1;
    else if (isA(code, hexDigit) || code === DOT) end++;
    else return end;
  }
}

function endLuaJit(source: Characters, start: number): number {
  const exponent = hasHexPrefix(source, start) ? LETTER_P : LETTER_E;
  let end = start + 1;
  for (;;) {
    const code = codeAt(source, end);
    const goesOn = isA(code, letter | digit | wide) || code === DOT;
    if (!goesOn && !(isSign(code) && lowerCase(codeAt(source, end - 1)) === exponent)) return end;
    end++;
  }
}
