import { type Edit, placesOf } from "./binary.js";

/**
 * `printf` of the C library in the package rounds halves down where the last digit that is written is the last of nine: "%.0f" makes 1
 * of 1.5. Later releases of musl ask the group of nine digits before for whether its last one is odd:
 * `if ((*d/i & 1) || (i==1000000000 && d>a && (d[-1]&1))) round += 2;`. This puts that in. Throws where the code is not
 * what it was.
 */
export function rightRounding(module: Uint8Array): Edit {
  const [at, ...others] = placesOf(module, before);
  if (at === undefined || others.length > 0)
    throw new Error("the code that rounds numbers is not what it was");
  const start = at + before.length - after;
  return { start, end: start, bytes: Uint8Array.from(inserting) };
}

/** By their numbers in the function: the groups of nine digits, the first and the current one, and a power of ten. */
const local = { a: 8, d: 13, i: 3, quotient: 18 } as const;

/** `2/LDBL_EPSILON` and what comes next to it, of which the last digit of `*d/i` chooses one. */
const before = [
  ...[0x44, 1, 0, 0, 0, 0, 0, 0x40, 0x43],
  ...[0x44, 0, 0, 0, 0, 0, 0, 0x40, 0x43],
  ...[0x20, local.quotient],
  ...[0x41, 1, 0x71, 0x1b],
];
/** How many bytes of that come after the quotient. */
const after = 4;

const billion = [0x80, 0x94, 0xeb, 0xdc, 0x03];

/** `| (i == 1000000000 & d > a ? d[-1] : 0)` */
const inserting = [
  ...[0x20, local.i, 0x41, ...billion, 0x46],
  ...[0x20, local.d, 0x20, local.a, 0x4b, 0x71],
  ...[0x04, 0x7f, 0x20, local.d, 0x41, 4, 0x6b, 0x28, 2, 0, 0x05, 0x41, 0, 0x0b, 0x72],
];
