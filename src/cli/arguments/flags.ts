import { parseArgs } from "node:util";
import {
  dashed,
  isRepeatable,
  type OptionKey,
  type Options,
  optionKeys,
  optionTable,
  profileKeys,
} from "../../config/options/options.js";
import { hundred } from "../../config/resolveThresholds.js";
import { unknownOption, usage } from "../../errors.js";
import { type CommandFlags, commandFlags, flagsOfCommand } from "./commandFlags.js";
import { partsOf, runArguments } from "./parts.js";
import { converted, type FlagConfig, type FlagValue, withValue } from "./values.js";

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
  readonly trace: CommandFlags | null;
  /** What is to stop programs under `debug`, and where that is written down; null for other commands. */
  readonly debug: CommandFlags | null;
  readonly nycrcPath: string | undefined;
  readonly debugFiles: boolean;
  readonly rerunFailed: boolean;
  readonly watch: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

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
const allFlags: FlagConfig = { ...ownFlags, ...optionFlags, ...commandFlags };

/** Reads a command line. Throws USAGE for an unknown flag or a missing value. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { own, args, lua, command } = partsOf(argv, allFlags);
  const { values, positionals, switches } = parse(own.flatMap(withValue));
  const options = Object.fromEntries(optionKeys.flatMap((key) => optionEntry(key, values, switches)));
  return {
    positionals,
    args,
    lua: lua ?? runArguments(positionals, args),
    command,
    ...flagsOfCommand(positionals, values),
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

interface Parsed {
  readonly values: Record<string, FlagValue>;
  readonly positionals: string[];
  /** The names of all flags in the order in which they were given. */
  readonly switches: readonly string[];
}

function parse(argv: readonly string[]): Parsed {
  try {
    const parsed = parseArgs({ args: [...argv], options: allFlags, allowPositionals: true, tokens: true });
    const switches = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    return { ...parsed, switches };
  } catch (error) {
    // Node's message explains at length after the first sentence.
    const message = error instanceof Error ? error.message : String(error);
    const flag = /^Unknown option '(--?[^']*)'/.exec(message)?.[1];
    if (flag !== undefined)
      throw unknownOption(
        flag,
        Object.keys(allFlags).map((name) => `--${name}`),
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

function text(value: FlagValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}
