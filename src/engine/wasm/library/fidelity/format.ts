import type { LuaFunction } from "../../machine/functions.js";
import type { WasmVersion } from "../../package/versions.js";
import type { State } from "../../state.js";
import { type Original, replace } from "../replace.js";

/**
 * `string.format` of 5.1 and 5.2 makes a C `long` of what "%d" and the like write, which has 32 bits in WebAssembly and 64 elsewhere:
 * numbers that have no room in it are written here. Later ones have integers of 64 bits.
 */
export function installFormat(state: State): void {
  const { version } = state.api.machine.compiled;
  if (version !== "5.1" && version !== "5.2") return;
  replace(state, "string", "format", (original) => format(state, original, version));
}

function format(state: State, original: Original, version: WasmVersion): LuaFunction {
  const { api } = state;
  return (L) => {
    const count = api.getTop(L);
    if (!state.hasNumber(L, count, isWide) || api.type(L, 1) !== "string") return original(L);
    const text = Buffer.from(api.toBytes(L, 1) ?? []).toString("latin1");
    let argument = 1;
    const changed = text.replace(
      conversions,
      (whole, ...[flags = "", width = "", precision, letter = ""]) => {
        if (letter === "%") return whole;
        const value = ++argument > count ? null : state.toNumber(L, argument);
        const integer = value === null ? null : integerOf(value, letter, version);
        if (integer === null) return whole;
        state.pushBytes(L, Buffer.from(integerText(integer, { flags, width, precision, letter }), "latin1"));
        state.moveTop(L, argument);
        return "%s";
      },
    );
    state.pushBytes(L, Buffer.from(changed, "latin1"));
    state.moveTop(L, 1);
    return original(L);
  };
}

/** As scanformat in lstrlib.c has them; what is none of these is for C to refuse. */
const conversions = /%([-+ #0]{0,5})(\d{0,2})(?:\.(\d{0,2}))?([%a-zA-Z])/g;

/** NaN, too. */
function isWide(value: number): boolean {
  return !(value >= 0 && value < 2 ** 31);
}

/** What the conversion makes of a number, if C cannot do that here; null where it can, or elsewhere has an error for it. */
function integerOf(value: number, letter: string, version: WasmVersion): bigint | null {
  if (isSigned(letter)) return signedOf(value, version);
  return "uoxX".includes(letter) ? unsignedOf(value, version) : null;
}

function isSigned(letter: string): boolean {
  return letter === "d" || letter === "i";
}

/** What 5.1 makes of numbers that no integer is for, C leaves open: it is as on most machines. */
function signedOf(value: number, version: WasmVersion): bigint | null {
  if (value >= -(2 ** 31) && value < 2 ** 31) return null;
  if (Math.abs(value) < 2 ** 63) return BigInt(Math.trunc(value));
  return version === "5.1" ? -(2n ** 63n) : null;
}

function unsignedOf(value: number, version: WasmVersion): bigint | null {
  if (value >= 0 && value < 2 ** 32) return null;
  const lowest = version === "5.1" ? -(2 ** 63) : 0;
  if (value >= lowest && value < 2 ** 64) return BigInt.asUintN(64, BigInt(Math.trunc(value)));
  return version === "5.1" ? 0n : null;
}

interface Conversion {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly letter: string;
}

/** As C's printf. */
function integerText(value: bigint, { flags, width, precision, letter }: Conversion): string {
  const base = letter === "o" ? 8 : letter.toLowerCase() === "x" ? 16 : 10;
  const magnitude = (value < 0n ? -value : value).toString(base);
  const digits = (letter === "X" ? magnitude.toUpperCase() : magnitude).padStart(Number(precision ?? 1), "0");
  const prefix = prefixOf(value, { flags, letter });
  const length = Number(width);
  const isZeroed = flags.includes("0") && !flags.includes("-") && precision === undefined;
  const text = prefix + (isZeroed ? digits.padStart(length - prefix.length, "0") : digits);
  return flags.includes("-") ? text.padEnd(length) : text.padStart(length);
}

function prefixOf(value: bigint, { flags, letter }: Pick<Conversion, "flags" | "letter">): string {
  if (isSigned(letter)) {
    const sign = ["+", " "].find((each) => flags.includes(each)) ?? "";
    return value < 0n ? "-" : sign;
  }
  const hasPrefix = flags.includes("#") && letter !== "u" && value !== 0n;
  if (!hasPrefix) return "";
  return letter === "o" ? "0" : `0${letter}`;
}
