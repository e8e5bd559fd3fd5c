import {
  type CommandOption,
  commandOptions,
  dashed,
  isRepeatable,
  type OptionKey,
  optionGroups,
  optionTable,
} from "../config/options/options.js";

const commands: readonly Row[] = [
  ["luacov-ts [options] [files, folders or globs…] [-- arguments of the tests]", ""],
  ["luacov-ts run SCRIPT [-- arguments]", "run any Lua program, and measure it"],
  ["luacov-ts exec [lua options] [script [--] [args]]", "the same, with the options of lua"],
  ["luacov-ts cover -- COMMAND [arguments]", "run any command, and measure the Lua programs that it starts"],
  ["luacov-ts trace SCRIPT | tests…", "run a Lua program, or tests, and show calls and lines as they run"],
  ["luacov-ts debug [SCRIPT | tests…]", "run a Lua program, or tests, in a debugger"],
  ["luacov-ts dap [--port N]", "debug in an editor that speaks the Debug Adapter Protocol"],
  ["luacov-ts agent", "print the Lua file that a host without LUA_INIT runs first, under cover"],
  ["luacov-ts report", "write the reports of the last run again"],
  ["luacov-ts check-coverage", "check the last run against the thresholds"],
  ["luacov-ts annotate FILE…", "show sources with how often their lines ran, and what never happened"],
  ["luacov-ts merge FOLDER [FILE]", "add up the coverage maps of a folder (default FILE: coverage.json)"],
];

const tests = `Without operands, the tests are those in the folders test, tests and spec. A folder means the files with _spec in their names when it has any, as in busted, else every .lua file in it.`;

const ownFlags: readonly Row[] = [
  ["--nycrc-path FILE", "read this configuration file"],
  ["--100", "short for --check-coverage with every threshold at 100"],
  ["--rerun-failed", "run only what failed in the last run"],
  ["--watch", "after a run, wait for changes and run the test files that they touch"],
  ["--debug-files", "say for each file whether it is measured, and why"],
  ["-h, --help", "show this text"],
  ["-v, --version", "show the version"],
];

const exitCodes: readonly Row[] = [
  ["0", "all tests passed and the thresholds are met"],
  [
    "1",
    "a test failed, there was no test or filters left none, a source could not be analysed, nothing was measured, or a threshold is missed",
  ],
  ["2", "usage, configuration, or no test file"],
];

/** What is asked for, and what it does. */
type Row = readonly [name: string, help: string];

/** The text of `--help` for a terminal of so many columns, made from the option table. */
export function helpText(columns: number): string {
  const width = Math.min(Math.max(columns, 60), 100);
  const options = optionGroups.map(({ title, keys }) => {
    const rows = keys.map((key): Row => [flagText(key), helpOf(key)]);
    return section(`${title}:`, rows, 28, width);
  });
  return [
    "Runs Lua tests and measures what they cover.\n",
    section("Usage:", commands, 30, width),
    wrapped(tests, width, ""),
    wrapped('Options, which are also the keys of .nycrc.json (without "--"):', width, ""),
    ...options,
    section("Only of trace, before the script or tests:", rowsOf("trace"), 28, width),
    section("Only of debug:", rowsOf("debug"), 28, width),
    section("Only on the command line:", ownFlags, 28, width),
    section("Exit code:", exitCodes, 3, width),
  ].join("\n");
}

function rowsOf(command: CommandOption["command"]): Row[] {
  const own = commandOptions.filter((option) => option.command === command);
  return own.map(({ key, placeholder, help }) => [`--${dashed(key)} ${placeholder}`.trimEnd(), help]);
}

/** A name that is wider than its column has a line of its own. */
function section(title: string, rows: readonly Row[], column: number, width: number): string {
  const indent = " ".repeat(column + 2);
  const lines = rows.map(([name, help]) => {
    const text = wrapped(help, width, indent);
    const isWide = name.length >= column;
    if (help === "") return `  ${name}\n`;
    return isWide ? `  ${name}\n${text}` : `  ${name.padEnd(column)}${text.slice(indent.length)}`;
  });
  return `${title}\n${lines.join("")}`;
}

/** Lines of whole words, each behind an indent. */
function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => `${indent}${each}\n`).join("");
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
