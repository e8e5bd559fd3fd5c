// The reference of every option, from the table that flags, configuration and help are made of.
import { ownFlags } from "../../build/cli/arguments/ownFlags.js";
import { commandRows, optionRow, ownRow } from "../../build/cli/help/optionRows.js";
import { dashed, optionGroups, optionTable } from "../../build/config/options/options.js";
import { optionNotes } from "./optionNotes.mjs";

const kinds = {
  string: "a text",
  number: "a number",
  boolean: "`true` or `false`",
  list: "a list of texts; the flag may be given several times",
  watermarks: "an object; the flag may be given several times",
  thresholds: "an object; the flag may be given several times",
};

export function optionReference() {
  const groups = optionGroups.map(({ title, keys }) => [`## ${title}`, ...keys.map(option)].join("\n\n"));
  return [
    ...groups,
    table("Only of `trace`", commandRows("trace")),
    table("Only of `debug`", commandRows("debug")),
    table("Only on the command line", ownFlags.map(ownRow)),
  ].join("\n\n");
}

function option(key) {
  const { kind, fallback, help } = optionTable[key];
  const [flag] = optionRow(key);
  const value = fallback === undefined ? "" : ` · default: \`${shown(fallback)}\``;
  const notes = optionNotes[key] === undefined ? "" : ` ${optionNotes[key]}`;
  const what = `\`${flag}\` · ${kinds[kind] ?? kind}${value}`;
  return [`### \`${dashed(key)}\``, what, `${sentence(escaped(help))}${notes}`].join("\n\n");
}

const shown = (value) => JSON.stringify(value).replaceAll(",", ", ").replaceAll('":', '": ');
const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}.`;

function table(title, rows) {
  const lines = rows.map(([flag, help]) => `| \`${flag}\` | ${escaped(help)} |`);
  return [`## ${title}`, ["| Flag | What it does |", "| --- | --- |", ...lines].join("\n")].join("\n\n");
}

/** What is no markup in help. */
export const escaped = (text) =>
  text.replace(/[|<>*_[\]]/g, "\\$&").replace(/(^|\s)(--[a-z0-9-]+)/g, "$1`$2`");
