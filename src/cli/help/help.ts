import {
  type CommandName,
  commandNames,
  isCommand,
  typedCommands,
} from "../../config/commands/commandNames.js";
import { meaningOf } from "../../config/commands/commands.js";
import { type OptionKey, optionGroups } from "../../config/options/options.js";
import { unknownTopic } from "../../errors.js";
import { ownFlags } from "../arguments/ownFlags.js";
import { commandHelp } from "./commandHelp.js";
import { type Row, section, widthFor, wrapped } from "./layout.js";
import { commandRows, optionRow, ownRow, ownRows } from "./optionRows.js";

const program = "luacov-ts";
const nameColumn = 32;

/** What most people need first. */
const usual: readonly OptionKey[] = ["lua", "tags", "filter", "reporter", "checkCoverage"];

export const exitCodes: readonly Row[] = [
  ["0", "all tests passed and the thresholds are met"],
  [
    "1",
    "a test failed, there was no test or filters left none, a source could not be analysed, nothing was measured, or a threshold is missed",
  ],
  ["2", "usage, configuration, or no test file"],
];

/** Help on a topic for a terminal of so many columns: a command, "options", "all", or none of these. Throws USAGE. */
export function helpText(topic: string | null, columns: number): string {
  const width = widthFor(columns);
  if (topic === null) return overview(width);
  if (topic === "options") return allOptions(width);
  if (topic === "all") return [overview(width), allOptions(width)].join("\n");
  if (topic === "test-run" || isCommand(topic)) return helpOf(topic, width);
  throw unknownTopic(topic, [...commandNames, "options", "all"]);
}

/** One screen: the commands, what most people need first, and where the rest is. */
function overview(width: number): string {
  const commands = typedCommands.map((name): Row => [name, commandHelp[name].summary]);
  return [
    wrapped("luacov-ts runs Lua tests and measures what they cover.", width, ""),
    section(
      "Usage:",
      [`${program} ${commandHelp["test-run"].usage}`, `${program} COMMAND …`].map(alone),
      0,
      width,
    ),
    section("Commands:", commands, 16, width),
    section("Used most:", [...usual.map(short), ...ownRowsOf("list", "watch")], 23, width),
    section(
      "More:",
      [
        [`${program} help test-run`, "what a run of tests takes, with examples"],
        [`${program} help options`, "every option, by what it is about"],
      ],
      25,
      width,
    ),
  ].join("\n");
}

/** The first clause of its help alone. */
function short(key: OptionKey): Row {
  const [name, help] = optionRow(key);
  return [name, help.split(/[:;]| \(/)[0] ?? help];
}

function ownRowsOf(...names: readonly string[]): Row[] {
  return ownFlags.filter(({ flag }) => names.includes(flag)).map(ownRow);
}

/** What a command takes: how it is typed, examples, and the options that mean something for it. */
function helpOf(command: CommandName, width: number): string {
  const { usage, summary, details, examples } = commandHelp[command];
  const rows = examples.map(([line, help]): Row => [`${program} ${line}`, help]);
  return [
    wrapped(`${program}${command === "test-run" ? "" : ` ${command}`}: ${summary}`, width, ""),
    section("Usage:", [alone(`${program} ${usage}`)], 0, width),
    ...(details === undefined ? [] : [wrapped(details, width, "")]),
    exampleSection(rows, width),
    ...sections(command, width),
    ...(command === "test-run" ? [section("Exit code:", exitCodes, 3, width)] : []),
  ].join("\n");
}

function exampleSection(rows: readonly Row[], width: number): string {
  const lines = rows.map(([line, help]) => `  ${line}\n${help === "" ? "" : wrapped(help, width, "      ")}`);
  return `Examples:\n${lines.join("")}`;
}

function sections(command: CommandName, width: number): string[] {
  const own = commandRows(command);
  const groups = optionGroups.map(({ title, keys }) => ({
    title: `${title}:`,
    rows: keys.filter((key) => meaningOf(command, key).isKnown).map(optionRow),
  }));
  const all = [
    { title: "Its own options:", rows: own },
    ...groups,
    { title: "Only on the command line:", rows: ownRows(command) },
  ];
  return all
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => section(title, rows, nameColumn, width));
}

/** Every option there is. */
function allOptions(width: number): string {
  const groups = optionGroups.map(({ title, keys }) => {
    return section(`${title}:`, keys.map(optionRow), nameColumn, width);
  });
  return [
    wrapped('Options, which are also the keys of .nycrc.json (without "--"):', width, ""),
    ...groups,
    section("Only of trace, before the script or tests:", commandRows("trace"), nameColumn, width),
    section("Only of debug:", commandRows("debug"), nameColumn, width),
    section("Only on the command line:", ownFlags.map(ownRow), nameColumn, width),
    section("Exit code:", exitCodes, 3, width),
  ].join("\n");
}

const alone = (name: string): Row => [name, ""];
