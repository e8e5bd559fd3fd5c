import { exponential, fixed } from "./decimal.js";
import { exponentText, general, notFinite } from "./numberText.js";

/** The conversions of C's printf, without the reading of the format. */

/** What stands between "%" and the letter of a conversion. */
export interface Directive {
  readonly left: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternative: boolean;
  readonly zeros: boolean;
  readonly width: number;
  /** Undefined when not given; "%.d" gives 0. */
  readonly precision: number | undefined;
}

/** `%d` and `%i`. */
export function signedText(n: bigint, directive: Directive): string {
  return integerText(n < 0n ? -n : n, 10, signOf(n < 0n, directive), directive);
}

/** `%u`, `%o`, `%x`; `bits` is the size of the integer, of which a negative one shows the two's complement. */
export function unsignedText(n: bigint, radix: 8 | 10 | 16, bits: number, directive: Directive): string {
  const value = BigInt.asUintN(bits, n);
  const prefix = directive.alternative && radix === 16 && value !== 0n ? "0x" : "";
  return integerText(value, radix, prefix, directive);
}

function integerText(value: bigint, radix: number, prefix: string, directive: Directive): string {
  const { precision, alternative } = directive;
  let digits = value === 0n && precision === 0 ? "" : value.toString(radix);
  digits = digits.padStart(precision ?? 1, "0");
  if (alternative && radix === 8 && !digits.startsWith("0")) digits = `0${digits}`;
  return padNumber(prefix, digits, precision === undefined, directive);
}

/** `%f`, `%e`, `%g`, `%a` of any double. */
export function floatText(n: number, letter: string, directive: Directive): string {
  if (!Number.isFinite(n)) {
    const text = notFinite(n);
    const negative = text.startsWith("-");
    return padNumber(signOf(negative, directive), negative ? text.slice(1) : text, false, directive);
  }
  const negative = n < 0 || Object.is(n, -0);
  const sign = signOf(negative, directive);
  if (letter === "a") return padNumber(`${sign}0x`, hexadecimal(Math.abs(n), directive), true, directive);
  return padNumber(sign, decimalText(Math.abs(n), letter, directive), true, directive);
}

function decimalText(x: number, letter: string, { precision = 6, alternative }: Directive): string {
  if (letter === "g") return general(x, precision, alternative);
  if (letter === "f") return withPoint(fixed(x, precision), alternative);
  const { digits, exponent } = exponential(x, precision);
  return withPoint(digits, alternative) + exponentText(exponent);
}

const withPoint = (digits: string, always: boolean) =>
  always && !digits.includes(".") ? `${digits}.` : digits;

const FRACTION_BITS = 52n;
const BIAS = 1023;

/** `%a` behind its "0x", as glibc writes it: one digit before the point, 0 for zero and subnormal numbers. */
function hexadecimal(x: number, { precision, alternative }: Directive): string {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const all = bits.getBigUint64(0);
  const biased = Number(all >> FRACTION_BITS);
  const exponent = x === 0 ? 0 : Math.max(biased, 1) - BIAS;
  const mantissa = (all & ((1n << FRACTION_BITS) - 1n)) | (biased === 0 ? 0n : 1n << FRACTION_BITS);
  const digits = hexadecimalDigits(mantissa, precision);
  return `${withPoint(digits, alternative)}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

function hexadecimalDigits(mantissa: bigint, precision: number | undefined): string {
  if (precision === undefined) {
    const fraction = (mantissa & ((1n << FRACTION_BITS) - 1n)).toString(16).padStart(13, "0");
    const shortest = fraction.replace(/0+$/, "");
    return `${mantissa >> FRACTION_BITS}${shortest === "" ? "" : `.${shortest}`}`;
  }
  const kept = BigInt(Math.min(precision, 13));
  const rounded = roundToEven(mantissa, FRACTION_BITS - 4n * kept);
  const whole = rounded >> (4n * kept);
  const fraction = (rounded & ((1n << (4n * kept)) - 1n)).toString(16).padStart(Number(kept), "0");
  return precision === 0 ? String(whole) : `${whole}.${fraction.padEnd(precision, "0")}`;
}

function roundToEven(value: bigint, dropped: bigint): bigint {
  const kept = value >> dropped;
  const rest = value & ((1n << dropped) - 1n);
  const half = dropped === 0n ? 1n : 1n << (dropped - 1n);
  const up = rest > half || (rest === half && kept % 2n === 1n);
  return up ? kept + 1n : kept;
}

function signOf(negative: boolean, { plus, space }: Directive): string {
  if (negative) return "-";
  if (plus) return "+";
  return space ? " " : "";
}

/** Pads behind, before, or with zeros between the sign and the digits. */
function padNumber(prefix: string, digits: string, zerosAllowed: boolean, directive: Directive): string {
  const { left, zeros, width } = directive;
  if (zeros && zerosAllowed && !left) return prefix + digits.padStart(width - prefix.length, "0");
  return left ? (prefix + digits).padEnd(width) : (prefix + digits).padStart(width);
}
