import path from "node:path";
import { isFile } from "../../files/files.js";
import { isOnPath } from "../../files/searchPath.js";

/**
 * A Neovim without a user's own configuration, which runs a Lua file and ends; by `-l` it does so from 0.9 on only. What a plugin has
 * for Neovim is found in the current folder, before any copy that is installed.
 */
const neovim = [
  "--headless",
  ..."-u NONE -i NONE -n".split(" "),
  "--cmd",
  String.raw`let &runtimepath = escape(getcwd(), '\,') . ',' . &runtimepath`,
  "--cmd",
  "autocmd VimEnter * ++nested if v:errmsg == '' | qall! | else | cquit | endif",
  "-S",
] as const;

/**
 * The words of the command that runs a Lua file in the Lua of this name; the file comes behind them. What is a file as a
 * whole is one word, whatever its path has in it.
 */
export function luaCommand(name: string): readonly string[] {
  const words = isFile(name) ? [name] : name.split(/\s+/).filter((word) => word !== "");
  const [program = ""] = words;
  return words.length === 1 && isNeovim(program) ? [program, ...neovim] : words;
}

function isNeovim(program: string): boolean {
  return path.basename(program, ".exe") === "nvim";
}

/** Whether the words of such a command are a Neovim's, to which what comes behind the file is a file to edit. */
export function editsArguments([program = "", ...words]: readonly string[]): boolean {
  return isNeovim(program) && words.at(-1) === neovim.at(-1);
}

const versions = ["5.1", "5.2", "5.3", "5.4", "5.5"];
const likely = [
  "lua",
  ...versions.flatMap((version) => [`lua${version}`, `lua${version.replace(".", "")}`]),
  ...["luajit", "nvim", "resty", "tarantool"],
];

/** Commands on a search path that run Lua files, by the names that systems give them. */
export function luasOnPath(searchPath: string): readonly string[] {
  return likely.filter((name) => isOnPath(name, searchPath));
}
