/**
 * The decimal digits of a finite double as C's printf rounds them. JavaScript's toFixed and toExponential are
 * exact, too, but where the number lies right in the middle they take the larger digit and C the even one.
 */

/** `%.<places>f` of a number that is not negative. */
export function fixed(x: number, places: number): string {
  // toFixed changes to exponents there; from 2^53 on every number is an integer.
  if (x >= 1e21) return BigInt(x).toString() + (places === 0 ? "" : `.${"0".repeat(places)}`);
  const text = x.toFixed(places);
  return isTie(x, places) ? toEven(text, text.length - 1) : text;
}

/** `%.<places>e` of a number that is not negative, as its digits with the point and its exponent. */
export function exponential(x: number, places: number): { digits: string; exponent: number } {
  const text = x.toExponential(places);
  const e = text.indexOf("e");
  const digits = text.slice(0, e);
  const exponent = Number(text.slice(e + 1));
  // A tie that was rounded up to the next power of ten has ended in nines, whose even neighbour is that power.
  return { digits: isTie(x, places - exponent) ? toEven(digits, e - 1) : digits, exponent };
}

/** Whether `x` lies in the middle of two neighbours with that many places after (or before) the point. */
function isTie(x: number, places: number): boolean {
  // A binary fraction of n bits has exactly n decimal places, and its last one is a 5.
  if (places >= 0) return Math.abs(x * 2 ** (places + 1)) % 2 === 1;
  if (!Number.isInteger(x)) return false;
  const unit = 10n ** BigInt(-places);
  return BigInt(x) % unit === unit / 2n;
}

/** Takes back the rounding up at a tie when the last digit has become odd. */
function toEven(digits: string, last: number): string {
  const digit = Number(digits[last]);
  return digit % 2 === 0 ? digits : digits.slice(0, last) + (digit - 1) + digits.slice(last + 1);
}
