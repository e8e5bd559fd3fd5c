import type { CommandName } from "../../config/commands/commandNames.js";
import {
  type CommandOption,
  commandOptions,
  dashed,
  isRepeatable,
  type OptionKey,
  optionTable,
} from "../../config/options/options.js";
import { type OwnFlag, ownFlags } from "../arguments/ownFlags.js";
import { shortFlags } from "../arguments/spellings.js";
import type { Row } from "./layout.js";

/** An option as help shows it: `-t, --tags TAGS`, with its meaning and default. */
export function optionRow(key: OptionKey): Row {
  const { kind, placeholder, fallback, help } = optionTable[key];
  const flag = dashed(key);
  const written = kind === "boolean" ? `--[no-]${flag}` : `--${flag} ${placeholder}`;
  const repeatable = isRepeatable(kind) ? "; repeatable" : "";
  return [`${shortOf(flag)}${written}`, `${help}${repeatable}${defaultText(fallback)}`];
}

/** The flags that no configuration file has, of a command. */
export function ownRows(command: CommandName): Row[] {
  return ownFlags.filter(({ commands }) => commands.includes(command)).map(ownRow);
}

export function ownRow({ flag, placeholder, help }: OwnFlag): Row {
  return [`${shortOf(flag)}--${flag} ${placeholder}`.trimEnd(), help];
}

/** The options that one command alone has. */
export function commandRows(command: string): Row[] {
  return commandOptions.filter((option) => option.command === command).map(commandRow);
}

function commandRow({ key, placeholder, help }: CommandOption): Row {
  return [`${shortOf(dashed(key))}--${dashed(key)} ${placeholder}`.trimEnd(), help];
}

function shortOf(flag: string): string {
  const [short] = Object.entries(shortFlags).find(([, name]) => name === flag) ?? [];
  return short === undefined ? "" : `-${short}, `;
}

function defaultText(fallback: unknown): string {
  if (Array.isArray(fallback)) return fallback.length === 0 ? "" : ` (default: ${fallback.join(", ")})`;
  // A flag that is there to be given is off without it.
  return fallback === undefined || fallback === false || typeof fallback === "object"
    ? ""
    : ` (default: ${fallback})`;
}
