import path from "node:path";
import { dependencyFolders } from "../discover/verdict.js";
import { walk } from "../discover/walk.js";
import { readContent } from "../files/files.js";
import { type LuaText, readLuaText } from "./luaText.js";

/** A Lua file of a project. */
export interface LuaFile {
  /** Below the root, with "/". */
  readonly name: string;
  /** Absolute and real. */
  readonly file: string;
}

const dependencies = dependencyFolders.map((glob) => glob.split("/")[1] ?? "");

/** The Lua files of a project, those of other people left out that package managers have brought. */
export function luaFilesOf(root: string): LuaFile[] {
  const enters = (folder: string) => {
    const name = path.posix.basename(folder);
    return !dependencies.includes(name) && !name.startsWith(".");
  };
  const found = walk(root, { enters, followsLinks: false }).filter((each) => each.path.endsWith(".lua"));
  return found.map(({ path: name, real }) => ({ name, file: real }));
}

/** What texts ask for, each read once; null for what cannot be read. */
export function textReader(): (file: string) => LuaText | null {
  const known = new Map<string, LuaText | null>();
  return (file) => {
    const found = known.get(file) ?? read(file);
    known.set(file, found);
    return found;
  };
}

function read(file: string): LuaText | null {
  try {
    return readLuaText(readContent(file));
  } catch {
    return null;
  }
}
