// The reference of every command, from the table of its help.
import { commandHelp } from "../../build/cli/help/commandHelp.js";
import { commandRows } from "../../build/cli/help/optionRows.js";
import { escaped } from "./options.mjs";

export function commandReference() {
  return Object.entries(commandHelp)
    .map(([name, help]) => command(name, help))
    .join("\n\n");
}

function command(name, { usage, summary, details, examples }) {
  const title = name === "test-run" ? "Without a command" : `\`${name}\``;
  const own = commandRows(name);
  return [
    `## ${title}`,
    `\`luacov-ts ${usage}\``,
    `${summary[0].toUpperCase()}${escaped(summary).slice(1)}.${details === undefined ? "" : ` ${escaped(details)}`}`,
    table(
      "Example",
      examples.map(([line, help]) => [`luacov-ts ${line}`, help]),
    ),
    ...(own.length === 0 ? [] : [table("Its own options", own)]),
  ].join("\n\n");
}

function table(title, rows) {
  const lines = rows.map(([typed, help]) => `| \`${typed.replaceAll("|", "\\|")}\` | ${escaped(help)} |`);
  return [`| ${title} | What it does |`, "| --- | --- |", ...lines].join("\n");
}
