import path from "node:path";
import { dependencyFolders } from "../../discover/verdict.js";
import { walk } from "../../discover/walk.js";
import { readContent } from "../../files/files.js";
import type { LuaVersion } from "../../source/dialect.js";
import { parse } from "../../source/syntax.js";
import { type LuaText, readLuaText } from "./luaText.js";

/** A Lua file of a project. */
export interface LuaFile {
  /** Below the root, with "/". */
  readonly name: string;
  /** Absolute and real. */
  readonly file: string;
}

const dependencies = dependencyFolders.map((glob) => glob.split("/")[1] ?? "");

/** Whether a folder may be one of the project's own: package managers have brought others. */
export function entersOwn(folder: string): boolean {
  const name = path.posix.basename(folder);
  return !dependencies.includes(name) && !name.startsWith(".");
}

/** The Lua files of a project, those of other people left out. */
export function luaFilesOf(root: string): LuaFile[] {
  const found = walk(root, { enters: entersOwn, followsLinks: false }).filter((each) =>
    each.path.endsWith(".lua"),
  );
  return found.map(({ path: name, real }) => ({ name, file: real }));
}

/** The texts of files, each read once. */
export interface Texts {
  /** What a text asks for; null for what cannot be read. */
  of(file: string): LuaText | null;
  /** Whether the Lua of a version reads a text, as far as that can be read at all. */
  isReadBy(file: string, version: LuaVersion): boolean;
}

export function readTexts(): Texts {
  const texts = new Map<string, LuaText | null>();
  const readings = new Map<string, boolean>();
  return {
    of: (file) => {
      const known = texts.get(file);
      if (known !== undefined) return known;
      const content = contentOf(file);
      const text = content === null ? null : readLuaText(content);
      texts.set(file, text);
      return text;
    },
    isReadBy: (file, version) => {
      const key = `${version} ${file}`;
      const known = readings.get(key);
      if (known !== undefined) return known;
      const content = contentOf(file);
      const isRead = content === null || parse(content, version).ok;
      readings.set(key, isRead);
      return isRead;
    },
  };
}

function contentOf(file: string): Uint8Array | null {
  try {
    return readContent(file);
  } catch {
    return null;
  }
}
