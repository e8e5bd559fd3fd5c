// The manual page of the command, from the tables that its help is made of; build.mjs writes it to dist.
import { ownFlags } from "../../build/cli/arguments/ownFlags.js";
import { commandHelp } from "../../build/cli/help/commandHelp.js";
import { exitCodes } from "../../build/cli/help/help.js";
import { commandRows, optionRow, ownRow } from "../../build/cli/help/optionRows.js";
import { optionGroups } from "../../build/config/options/options.js";

/** The text of luacov-ts.1 for a version of the package. */
export function manPage(version) {
  const groups = optionGroups.map(({ title, keys }) => subsection(title, keys.map(optionRow)));
  return `${[
    `.TH LUACOV-TS 1 "" "luacov-ts ${version}" "User Commands"`,
    ".SH NAME",
    "luacov\\-ts \\- run Lua tests and measure what they cover",
    ".SH SYNOPSIS",
    ".nf",
    ...Object.values(commandHelp).map(({ usage }) => `\\fBluacov\\-ts\\fR ${roff(usage)}`),
    ".fi",
    ".SH COMMANDS",
    ...Object.entries(commandHelp).map(command),
    ".SH OPTIONS",
    'Options are also keys of the configuration, without "\\-\\-".',
    ...groups,
    subsection("Only of trace, before the script or tests", commandRows("trace")),
    subsection("Only of debug", commandRows("debug")),
    subsection("Only on the command line", ownFlags.map(ownRow)),
    ".SH EXIT STATUS",
    ...exitCodes.map(item),
    ".SH FILES",
    "luacov\\-ts.config.jsonc holds the configuration; .busted, .luacov and .nycrc are read as well.",
    ".SH SEE ALSO",
    "lua(1)",
  ].join("\n")}\n`;
}

function command([name, { usage, summary, details, examples }]) {
  const title = name === "test-run" ? "Without a command" : name;
  const lines = examples.flatMap(([typed, help]) => [
    ".PP",
    ".RS",
    `\\fBluacov\\-ts ${roff(typed)}\\fR`,
    ".br",
    roff(help),
    ".RE",
  ]);
  const more = details === undefined ? [] : [roff(details)];
  return [
    `.SS "${roff(title)}"`,
    `\\fBluacov\\-ts\\fR ${roff(usage)}`,
    ".PP",
    `${roff(summary)}.`,
    ...more,
    ...lines,
  ].join("\n");
}

const subsection = (title, rows) => [`.SS "${roff(title)}"`, ...rows.map(item)].join("\n");

const item = ([name, help]) => [".TP", `\\fB${roff(name)}\\fR`, roff(help)].join("\n");

/** A dash is one to be copied, and a line that begins with a dot or a quote would be a request. */
function roff(text) {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replace(/^(?=[.'])/, "\\&")
    .replaceAll('"', "\\(dq")
    .replace(/[^ -~]/gu, (sign) => `\\[u${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}
