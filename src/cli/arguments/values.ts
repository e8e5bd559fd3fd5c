import type { ParseArgsConfig } from "node:util";
import { dashed, type OptionKey, optionKeys, optionTable } from "../../config/options/options.js";
import { isTaken } from "../../files/files.js";

export type FlagConfig = NonNullable<ParseArgsConfig["options"]>;
export type FlagValue = string | boolean | (string | boolean)[] | undefined;

/** The number behind `--bail` may be left out, and the commit behind `--changed`; a number below zero looks like a flag. */
export function withValue(argument: string, index: number, argv: readonly string[]): string[] {
  const next = argv[index + 1] ?? "";
  if (isNegative(argument) && isForNumber(argv[index - 1])) return [];
  if (isNegative(next) && isForNumber(argument)) return [`${argument}=${next}`];
  if (argument === "--changed" && !isRef(next)) return ["--changed="];
  return argument === "--bail" && !isNumeral(next) ? ["--bail=1"] : [argument];
}

/** What is no flag, and neither a test file, with lines or without, nor a pattern of such. */
function isRef(text: string): boolean {
  if (text === "" || text.startsWith("-") || /[*?[\]{}!()]|:\d+$/.test(text)) return false;
  return !isTaken(text);
}

function isNegative(argument: string): boolean {
  return /^-(\d|\.\d|Infinity$)/.test(argument);
}

function isForNumber(argument: string | undefined): boolean {
  if (argument === "--depth") return true;
  return optionKeys.some((key) => optionTable[key].kind === "number" && argument === `--${dashed(key)}`);
}

/** As JSON has numbers, and with a point at either end. */
function isNumeral(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
}

/** The value of an option as a configuration has it. */
export function converted(key: OptionKey, value: NonNullable<FlagValue>): unknown {
  switch (optionTable[key].kind) {
    case "number":
      return number(value);
    case "watermarks":
      return Object.fromEntries([value].flat().map((each) => watermark(String(each))));
    case "thresholds":
      return Object.fromEntries([value].flat().map((each) => thresholdsFlag(String(each))));
    default:
      return value;
  }
}

/** What is no number stays as it was written, for the message about it. */
export function number(value: FlagValue): unknown {
  return isNumeral(String(value)) && Number.isFinite(Number(value)) ? Number(value) : value;
}

/** `src/core/**=lines:95,branches:-3`; `100` and `per-file` stand alone. */
function thresholdsFlag(flag: string): [glob: string, entry: Record<string, unknown>] {
  const equals = flag.lastIndexOf("=");
  const glob = equals === -1 ? flag : flag.slice(0, equals);
  const parts = equals === -1 ? [] : flag.slice(equals + 1).split(",");
  const entries = parts.map((part): [string, unknown] => {
    const [metric = "", number] = part.split(":");
    if (number === undefined) return [metric, true];
    return [metric, isNumeral(number) ? Number(number) : number];
  });
  return [glob, entries.length === 0 ? { [flag]: null } : Object.fromEntries(entries)];
}

/** `lines=50,80` */
function watermark(flag: string): [string, number[]] {
  const [metric = "", numbers = ""] = flag.split("=");
  return [metric, numbers.split(",").map((number) => (number.trim() === "" ? Number.NaN : Number(number)))];
}
