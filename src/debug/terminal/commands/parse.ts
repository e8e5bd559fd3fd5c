import { closest } from "../../../words.js";
import { isLua } from "../../luaText.js";
import type { TerminalCommand } from "./command.js";
import { table } from "./table.js";

const rows = table.flatMap(({ commands }) => commands);
const byWord = new Map(rows.flatMap((row) => row.words.map((word) => [word, row] as const)));

/** The words of all commands. */
export const commandWords: readonly string[] = [...byWord.keys()];

/** What a line of the user's asks for: a command, or else Lua. */
export function parseCommand(line: string): TerminalCommand {
  const text = line.trim();
  const [, word = "", argument = ""] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  if (word === "") return { kind: "repeat" };
  const row = byWord.get(word);
  if (row !== undefined) return withHint(row.parse(argument, word), text);
  const near = closest(word, commandWords);
  // A mistyped command is a global of the program's, too, which is nil.
  const meant = near ?? (/^[a-z_]\w*$/i.test(text) ? "help" : null);
  if (isLua(text)) return { kind: "evaluate", text, word: argument === "" ? meant : null };
  const hint = near === null ? "help has all" : `perhaps ${near}`;
  return { kind: "wrong", sentence: `"${word}" is no command, and no Lua reads the line; ${hint}` };
}

/** Variables of the program may be called as commands are. */
function withHint(parsed: TerminalCommand | string, text: string): TerminalCommand {
  if (typeof parsed !== "string") return parsed;
  const hint = isLua(text) ? `; to have it as Lua: e ${text}` : "";
  return { kind: "wrong", sentence: `${parsed}${hint}` };
}
