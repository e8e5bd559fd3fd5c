import { dashed, isRepeatable, type OptionKey, optionKeys, optionTable } from "../config/options.js";

const introduction = `Runs Lua tests and measures what they cover.

Usage:
  luacov-ts [options] [files, folders or globs…] [-- arguments of the tests]
  luacov-ts [options] run SCRIPT [-- arguments]                 run any Lua program, and measure it
  luacov-ts [options] exec [lua options] [script [--] [args]]   the same, with the options of lua
  luacov-ts [options] cover -- COMMAND [arguments]              run any command, and measure the Lua programs that it starts
  luacov-ts agent                        print the Lua file that a host without LUA_INIT runs first, under cover
  luacov-ts report [options]             write the reports of the last run again
  luacov-ts check-coverage [options]     check the last run against the thresholds
  luacov-ts annotate FILE…               show sources with how often their lines ran, and what never happened
  luacov-ts merge FOLDER [FILE]          add up the coverage maps of a folder (default FILE: coverage.json)

Without operands, the tests are those in the folders test, tests and spec. A folder means the files with
_spec in their names when it has any, as in busted, else every .lua file in it.

Options, which are also the keys of .nycrc.json (without "--"):
`;

const ownFlags: readonly (readonly [string, string])[] = [
  ["--nycrc-path FILE", "read this configuration file"],
  ["--100", "short for --check-coverage with every threshold at 100"],
  ["--rerun-failed", "run only what failed in the last run"],
  ["--watch", "after a run, wait for changes and run the test files that they touch"],
  ["--debug-files", "say for each file whether it is measured, and why"],
  ["-h, --help", "show this text"],
  ["-v, --version", "show the version"],
];

const end = `
Exit code: 0 all tests passed and the thresholds are met; 1 a test failed, there was no test or filters left
none, a source could not be analysed, nothing was measured, or a threshold is missed; 2 usage, configuration, or no test file.
`;

/** The text of `--help`, made from the option table. */
export function helpText(): string {
  const options = optionKeys.map((key) => [flagText(key), helpOf(key)] as const);
  const width = Math.max(...[...options, ...ownFlags].map(([flag]) => flag.length));
  const row = ([flag, help]: readonly [string, string]) => `  ${flag.padEnd(width)}  ${help}\n`;
  return `${introduction}${options.map(row).join("")}\nOnly on the command line:\n${ownFlags.map(row).join("")}${end}`;
}

function flagText(key: OptionKey): string {
  const { kind, placeholder } = optionTable[key];
  const flag = dashed(key);
  return kind === "boolean" ? `--[no-]${flag}` : `--${flag} ${placeholder}`;
}

function helpOf(key: OptionKey): string {
  const { kind, fallback, help } = optionTable[key];
  const repeatable = isRepeatable(kind) ? "; repeatable" : "";
  return `${help}${repeatable}${defaultText(fallback)}`;
}

function defaultText(fallback: unknown): string {
  if (Array.isArray(fallback)) return fallback.length === 0 ? "" : ` (default: ${fallback.join(", ")})`;
  return fallback === undefined || typeof fallback === "object" ? "" : ` (default: ${fallback})`;
}
