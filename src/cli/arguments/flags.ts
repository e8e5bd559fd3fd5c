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
import { bustedReporter, commandOf, refuseMeaningless } from "./meaning.js";
import { ownFlags } from "./ownFlags.js";
import { partsOf, runArguments } from "./parts.js";
import { otherSpellings, spelled } from "./spellings.js";
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
  /** Where to go first, one seen from the other. */
  readonly directories: readonly string[];
  /** Which projects, by name or glob; none for all. */
  readonly projects: readonly string[];
  readonly debugFiles: boolean;
  readonly rerunFailed: boolean;
  /** Whether only what a change touches is to run; the name of a commit whose differences count, too. */
  readonly changed: boolean | string;
  readonly watch: boolean;
  readonly list: boolean;
  /** Whether tests are to run by themselves, too. */
  readonly alone: boolean;
  /** Whether the answer is for a program. */
  readonly json: boolean;
  readonly quiet: boolean;
  /** Whether what earlier runs know of mutants is not to count. */
  readonly force: boolean;
  /** Whether `init` only shows what it would write. */
  readonly dryRun: boolean;
  /** Whether there are to be colours; null for where there can be. */
  readonly color: boolean | null;
  readonly help: boolean;
  readonly version: boolean;
}

const ownConfig: FlagConfig = Object.fromEntries(
  ownFlags.map(({ flag, placeholder }): [string, FlagConfig[string]] => {
    return [flag, placeholder === "" ? { type: "boolean" } : { type: "string", multiple: true }];
  }),
);
const optionFlags: FlagConfig = Object.fromEntries(optionKeys.flatMap(flagsOf));
const allFlags: FlagConfig = {
  ...ownConfig,
  "no-color": { type: "boolean" },
  ...optionFlags,
  ...commandFlags,
};

/** All that may be typed, for who has mistyped one. */
const known = [...Object.keys(allFlags), ...otherSpellings].map((name) => `--${name}`);

export function takesValue(flag: string): boolean {
  return allFlags[flag]?.type === "string";
}

/** Reads a command line. Throws USAGE for an unknown flag, a missing value, and an option that means nothing for the command. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const parts = partsOf(argv, takesValue);
  const { own, args, lua, command } = parts;
  const written = own.flatMap(withValue).flatMap((each) => spelled(each, takesValue));
  const { values, positionals, switches } = parse(written);
  const options = {
    ...Object.fromEntries(optionKeys.flatMap((key) => optionEntry(key, values, switches))),
    ...bustedOutput(positionals, values),
  };
  const flags = flagsOfCommand(positionals, values);
  const help = values.help === true;
  if (!help) refuseMeaningless(commandOf(parts, positionals), options, switches);
  refuseVerbose(own, values.version === true);
  return {
    positionals,
    args,
    lua: lua ?? (help ? null : runArguments(positionals, args)),
    command,
    ...flags,
    options: {
      ...(values["100"] === true ? { ...hundred, checkCoverage: true } : {}),
      ...(isAboutProfile(options) ? { profile: true } : {}),
      ...options,
    },
    nycrcPath: lastText(values["nycrc-path"]),
    directories: texts(values.directory),
    projects: texts(values.project),
    debugFiles: values["debug-files"] === true,
    rerunFailed: values["rerun-failed"] === true,
    changed: changedOf(lastText(values.changed)),
    watch: values.watch === true,
    list: values.list === true,
    alone: values.alone === true,
    json: values.json === true,
    quiet: values.quiet === true,
    force: values.force === true,
    dryRun: values["dry-run"] === true,
    color: colorOf(switches),
    help,
    version: values.version === true,
  };
}

/** The last of `--color` and `--no-color`; null for neither. */
function colorOf(switches: readonly string[]): boolean | null {
  const last = switches.findLast((name) => name === "color" || name === "no-color");
  return last === undefined ? null : last === "color";
}

/** A commit that is left out is an empty text. */
function changedOf(ref: string | undefined): boolean | string {
  return ref === undefined ? false : ref === "" || ref;
}

/** What busted calls output is a test reporter; `trace` has an output of its own. */
function bustedOutput([command]: readonly string[], values: Readonly<Record<string, FlagValue>>) {
  if (command === "trace" || values.output === undefined) return {};
  return { testReporter: [...texts(values["test-reporter"]), bustedReporter(String(values.output))] };
}

/** In busted, `-v` is to show more of errors, and who means that must not get a version in place of the tests. */
function refuseVerbose(own: readonly string[], isVersion: boolean): void {
  if (!isVersion || own.length < 2 || !own.some((each) => /^-[A-Za-z]*v/.test(each))) return;
  throw usage(
    "-v shows the version, and stands alone; failures are always shown with all that is known of them, so leave out busted's -v",
  );
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
    if (flag !== undefined) throw unknownOption(flag, known);
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

function texts(value: FlagValue): string[] {
  return [value ?? []].flat().map(String);
}

function lastText(value: FlagValue): string | undefined {
  return texts(value).at(-1);
}
