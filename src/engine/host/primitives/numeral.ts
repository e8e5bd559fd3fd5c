import { bytesOf, type Value } from "./value.js";

export function numberPrimitives() {
  return {
    /** A float as C writes it with "%.14g". */
    numeral: (value: number): Value => bytesOf(formatNumber(value, 14)),
  };
}

/** As C's printf with `%.<precision>g`. */
export function formatNumber(value: number, precision: number): string {
  // 0/0 has the sign bit set on the machines that Lua's users know.
  if (Number.isNaN(value)) return "-nan";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return `${sign}inf`;
  const { digits, exponent } = rounded(size, precision);
  const scientific = exponent < -4 || exponent >= precision;
  return sign + (scientific ? withExponent(digits, exponent) : withPoint(digits, exponent));
}

/** More digits than a tie between two roundings can have. */
const EXACT_DIGITS = 40;

/** The first digits, without zeros at the end; a tie goes to the even digit, unlike in JavaScript. */
function rounded(size: number, precision: number): { digits: string; exponent: number } {
  const [mantissa = "0", power = "0"] = size.toExponential(EXACT_DIGITS).split("e");
  const all = mantissa.replace(".", "");
  const rest = all.slice(precision);
  const last = Number(all[precision - 1]);
  const isTie = /^50*$/.test(rest);
  const up = isTie ? last % 2 === 1 : rest >= "5";
  const digits = (BigInt(all.slice(0, precision)) + (up ? 1n : 0n)).toString().padStart(precision, "0");
  return {
    digits: digits.replace(/(?<=.)0+$/, ""),
    exponent: Number(power) + digits.length - precision,
  };
}

function withExponent(digits: string, exponent: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const power = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits[0]}${fraction}e${exponent < 0 ? "-" : "+"}${power}`;
}

function withPoint(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  const fraction = digits.slice(exponent + 1);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
