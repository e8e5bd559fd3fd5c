/** Lua files beside a test, for advice about it. */

import { readdirSync } from "node:fs";
import path from "node:path";
import { currentFolder, readContent } from "../files/files.js";
import { isWithin } from "../output/place.js";

/** A file, absolute, and its text. */
export interface LuaText {
  readonly file: string;
  readonly text: string;
}

/** Those in the folder of a test, then in each one around that, below the root. */
export function luaBeside(test: string, root: string): readonly (readonly LuaText[])[] {
  const folders: (readonly LuaText[])[] = [];
  const own = path.dirname(path.resolve(currentFolder(), test));
  for (let folder = own; folder !== root && isWithin(folder, root); folder = path.dirname(folder))
    folders.push(luaIn(folder));
  return folders;
}

function luaIn(folder: string): LuaText[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".lua"));
    return names
      .sort()
      .map((name) => ({ file: path.join(folder, name), text: textOf(path.join(folder, name)) }));
  } catch {
    return [];
  }
}

/** Nothing for a file that cannot be read. */
export function textOf(file: string): string {
  try {
    return readContent(file).toString("latin1");
  } catch {
    return "";
  }
}
