/**
 * The source map of a Lua file that a compiler has written: TypeScriptToLua puts `FILE.lua.map` beside it, or, with `inlineSourceMap`,
 * a comment behind its last statement, which is looked for below a `tsconfig.json`.
 */

import path from "node:path";
import { endOf, isFile, readContent } from "../files/files.js";
import { withoutMark } from "../files/json.js";
import type { Folders } from "./folders.js";

/** What there is instead of the original. */
export interface Unusable {
  /** Goes on after "its source map". */
  readonly reason: string;
}

export function isUnusable(each: object): each is Unusable {
  return "reason" in each && typeof each.reason === "string";
}

/** The text of a map, and the file to whose folder its sources are relative. */
export interface MapText {
  readonly text: string;
  readonly place: string;
}

const comment = /^--# sourceMappingURL=(\S+)\s*$/m;
const dataUrl = /^data:application\/json;(?:charset=[^;,]+;)?base64,/;

/** So much of the end of a file has one of its lines as a rule, and where it has none, the last line may be a map. */
const tail = 256;

/** The map of the Lua file at an absolute path; null where it has none. */
export function mapTextOf(file: string, folders: Folders): MapText | Unusable | null {
  const beside = `${file}.map`;
  const folder = path.dirname(file);
  if (folders.has(folder, path.basename(beside))) return textIn(beside);
  const url =
    folders.isTypeScript(folder) && endsInMap(file)
      ? comment.exec(readContent(file).toString("latin1"))?.[1]
      : undefined;
  if (url === undefined) return null;
  const data = dataUrl.exec(url)?.[0];
  if (data !== undefined)
    return { text: Buffer.from(url.slice(data.length), "base64").toString(), place: file };
  const named = path.resolve(path.dirname(file), url);
  return isFile(named) ? textIn(named) : { reason: `, ${url}, is not there` };
}

function textIn(file: string): MapText | Unusable {
  try {
    return { text: withoutMark(readContent(file).toString()).text, place: file };
  } catch (error) {
    return { reason: `cannot be read: ${error instanceof Error ? error.message : error}` };
  }
}

function endsInMap(file: string): boolean {
  if (!isFile(file)) return false;
  const end = endOf(file, tail).toString("latin1").trimEnd();
  return end.includes("sourceMappingURL=") || (end.length > 0 && !end.includes("\n"));
}
