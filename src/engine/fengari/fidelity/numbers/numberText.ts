import { exponential } from "./decimal.js";

const PRECISION = 14;
/** The first integer that `%.14g` writes with an exponent. */
const EXPONENTS_FROM = 1e14;
/** Below it `%g` writes an exponent. */
const EXPONENTS_BELOW = 1e-4;

/** Lua's text of a float, `%.14g`; what is added to make it look like one (".0") is the caller's business. */
export function numberText(n: number): string {
  const size = Math.abs(n);
  if (size < EXPONENTS_FROM && (size >= EXPONENTS_BELOW || size === 0)) {
    const shortest = String(n);
    // The shortest text that reads back as the number is the one with 14 digits, if it has no more.
    if (shortest.length <= PRECISION) return Object.is(n, -0) ? "-0" : shortest;
    // Halfway between two texts of 14 digits is one of 15 that ends in 5; any other is rounded alike everywhere.
    const rounded = shortest.endsWith("5") ? "e" : n.toPrecision(PRECISION);
    if (!rounded.includes("e")) return tidy(rounded, false);
  }
  return general(n, PRECISION, false);
}

/** `%.<precision>g`; `alternative` (flag "#") keeps the zeros at the end. */
export function general(n: number, precision: number, alternative: boolean): string {
  if (!Number.isFinite(n)) return notFinite(n);
  const sign = n < 0 || Object.is(n, -0) ? "-" : "";
  return sign + positiveGeneral(Math.abs(n), Math.max(precision, 1), alternative);
}

function positiveGeneral(x: number, precision: number, alternative: boolean): string {
  const { digits, exponent } = exponential(x, precision - 1);
  if (exponent < -4 || exponent >= precision) {
    return tidy(digits, alternative) + exponentText(exponent);
  }
  return tidy(shifted(digits.replace(".", ""), exponent), alternative);
}

/** The digits with the point where it belongs, for an exponent that is less than their number. */
function shifted(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  if (exponent === digits.length - 1) return digits;
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function tidy(digits: string, alternative: boolean): string {
  if (alternative) return digits.includes(".") ? digits : `${digits}.`;
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

/** The exponent as C writes it, with at least two digits. */
export function exponentText(exponent: number): string {
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `e${exponent < 0 ? "-" : "+"}${digits}`;
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * A NaN has a sign, which C's printf shows: on x86 that of 0/0 is negative. JavaScript has no word for it, but
 * its arithmetic is the processor's and leaves the bit in the number.
 */
export function notFinite(n: number): string {
  bits.setFloat64(0, n);
  const sign = bits.getUint8(0) >= 0x80 ? "-" : "";
  return sign + (Number.isNaN(n) ? "nan" : "inf");
}
