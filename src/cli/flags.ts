import { type ParseArgsConfig, parseArgs } from "node:util";
import {
  dashed,
  isRepeatable,
  type OptionKey,
  type Options,
  optionKeys,
  optionTable,
  profileKeys,
} from "../config/options/options.js";
import { hundred } from "../config/resolveThresholds.js";
import { unknownOption, usage } from "../errors.js";
import { type TraceFlags, traceFlags, traceFlagsIn } from "./traceFlags.js";

/** What a command line asks for. */
export interface CommandLine {
  readonly positionals: readonly string[];
  /** What follows "--": arguments of the tests. */
  readonly args: readonly string[];
  /** What `cover` runs; null for other commands. */
  readonly command: readonly string[] | null;
  /** Arguments of `lua`: what follows the command `exec`, or what `run` names; null for other commands. */
  readonly lua: readonly string[] | null;
  readonly options: Readonly<Record<string, unknown>>;
  /** What `trace` is asked to show; null for other commands. */
  readonly trace: TraceFlags | null;
  readonly nycrcPath: string | undefined;
  readonly debugFiles: boolean;
  readonly rerunFailed: boolean;
  readonly watch: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

export type FlagConfig = NonNullable<ParseArgsConfig["options"]>;
export type FlagValue = string | boolean | (string | boolean)[] | undefined;

const ownFlags = {
  "nycrc-path": { type: "string" },
  "debug-files": { type: "boolean" },
  "100": { type: "boolean" },
  "rerun-failed": { type: "boolean" },
  watch: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const satisfies FlagConfig;

const optionFlags: FlagConfig = Object.fromEntries(optionKeys.flatMap(flagsOf));

/** Reads a command line. Throws USAGE for an unknown flag or a missing value. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { own, args, lua, command } = partsOf(argv);
  const { values, positionals, switches } = parse(own.flatMap(withValue));
  const options = Object.fromEntries(optionKeys.flatMap((key) => optionEntry(key, values, switches)));
  return {
    positionals,
    args,
    lua: lua ?? runArguments(positionals, args),
    command,
    trace: traceFlagsIn(positionals, values, number),
    options: {
      ...(values["100"] === true ? { ...hundred, checkCoverage: true } : {}),
      ...(isAboutProfile(options) ? { profile: true } : {}),
      ...options,
    },
    nycrcPath: text(values["nycrc-path"]),
    debugFiles: values["debug-files"] === true,
    rerunFailed: values["rerun-failed"] === true,
    watch: values.watch === true,
    help: values.help === true,
    version: values.version === true,
  };
}

/** Who says here what a profile is to be like wants one; a configuration says it for whenever there is one. */
function isAboutProfile(options: Readonly<Record<string, unknown>>): boolean {
  return profileKeys.some((key) => options[key] !== undefined && options[key] !== false);
}

/** The number behind `--bail` may be left out; one below zero looks like a flag. */
function withValue(argument: string, index: number, argv: readonly string[]): string[] {
  const next = argv[index + 1] ?? "";
  if (isNegative(argument) && isForNumber(argv[index - 1])) return [];
  if (isNegative(next) && isForNumber(argument)) return [`${argument}=${next}`];
  return argument === "--bail" && !isNumeral(next) ? ["--bail=1"] : [argument];
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

/** The arguments of ours, and those that are for what we run. */
interface Parts {
  readonly own: readonly string[];
  readonly args: readonly string[];
  readonly lua: readonly string[] | null;
  readonly command: readonly string[] | null;
}

function partsOf(argv: readonly string[]): Parts {
  const first = operandIndex(argv, 0);
  if (argv[first] === "exec") {
    const lua = withoutSeparator(argv.slice(first + 1));
    return { own: argv.slice(0, first), args: [], lua, command: null };
  }
  if (argv[first] === "cover") {
    const at = operandIndex(argv, first + 1);
    const command = argv.slice(argv[at] === "--" ? at + 1 : at);
    return { own: argv.slice(0, at), args: [], lua: null, command };
  }
  if (argv[first] === "trace") {
    const at = operandIndex(argv, first + 1);
    const lua = withoutSeparator(argv.slice(argv[at] === "--" ? at + 1 : at));
    return { own: argv.slice(0, at), args: [], lua, command: null };
  }
  const separator = argv.indexOf("--");
  if (separator === -1) return { own: argv, args: [], lua: null, command: null };
  return { own: argv.slice(0, separator), args: argv.slice(separator + 1), lua: null, command: null };
}

/** Where the first argument is that is neither a flag nor the value of one, or "--"; behind the last one for none. */
function operandIndex(argv: readonly string[], from: number): number {
  for (let index = from; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (!argument.startsWith("-") || argument === "--") return index;
    const flag = { ...ownFlags, ...optionFlags, ...traceFlags }[
      argument === "-o" ? "output" : argument.slice(2)
    ];
    if (flag?.type === "string" && withValue(argument, index, argv)[0] === argument) index++;
  }
  return argv.length;
}

/** `exec script.lua -- args`: the separator is ours, as everywhere; what `lua` itself gets has none. */
function withoutSeparator(argv: readonly string[]): readonly string[] {
  const separator = argv.indexOf("--");
  const isBehindScript = separator === 1 && !argv[0]?.startsWith("-");
  return isBehindScript ? argv.toSpliced(separator, 1) : argv;
}

/** `run script.lua -- args`: the script and its arguments as `lua` gets them; null for another command. */
function runArguments([command, script, ...others]: readonly string[], args: readonly string[]) {
  if (command !== "run") return null;
  if (script === undefined)
    throw usage("run takes a Lua script, as in: luacov-ts run script.lua -- arguments");
  if (others.length === 0) return [script, ...args];
  throw usage(
    `run takes one script; its arguments follow "--": luacov-ts run ${script} -- ${others.join(" ")}`,
  );
}

interface Parsed {
  readonly values: Record<string, FlagValue>;
  readonly positionals: string[];
  /** The names of all flags in the order in which they were given. */
  readonly switches: readonly string[];
}

function parse(argv: readonly string[]): Parsed {
  const options = { ...ownFlags, ...optionFlags, ...traceFlags };
  try {
    const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true });
    const switches = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    return { ...parsed, switches };
  } catch (error) {
    // Node's message explains at length after the first sentence.
    const message = error instanceof Error ? error.message : String(error);
    const flag = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
    if (flag !== undefined)
      throw unknownOption(
        flag,
        Object.keys(options).map((name) => `--${name}`),
      );
    throw usage(message.split(/\.\s/)[0] ?? message);
  }
}

/** A boolean also has its negation: `--no-clean`. */
function flagsOf(key: OptionKey): [string, FlagConfig[string]][] {
  const flag = dashed(key);
  const { kind } = optionTable[key];
  if (kind === "boolean") return [flag, `no-${flag}`].map((name) => [name, { type: "boolean" }]);
  return [[flag, { type: "string", multiple: isRepeatable(kind) }]];
}

function optionEntry(
  key: OptionKey,
  values: Record<string, FlagValue>,
  switches: readonly string[],
): [keyof Options, unknown][] {
  const flag = dashed(key);
  // The last of `--clean` and `--no-clean` wins, as with any flag that is given twice.
  if (switches.lastIndexOf(`no-${flag}`) > switches.lastIndexOf(flag)) return [[key, false]];
  const value = values[flag];
  return value === undefined ? [] : [[key, converted(key, value)]];
}

function converted(key: OptionKey, value: NonNullable<FlagValue>): unknown {
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
function number(value: FlagValue): unknown {
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

function text(value: FlagValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}
