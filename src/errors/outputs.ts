/** Messages about places that nothing can be written to. */

import path from "node:path";
import { LuacovError, reasonOf } from "../errors.js";
import { visible } from "../files/visible.js";

/** `file` is what is in the way: the folder of an option itself, or one around it. */
export function noFolder(option: string, folder: string, file: string): LuacovError {
  const what = file === folder ? "it is" : `${visible(file)} is`;
  const text = `Cannot write to ${visible(folder)} (${option}): ${what} no folder; name another one, or remove what is there`;
  return new LuacovError("NOT_WRITABLE", text);
}

export function noFile(option: string, folder: string): LuacovError {
  const text = `Cannot write to ${visible(folder)} (${option}): it is a folder; name a file in it, or another one`;
  return new LuacovError("NOT_WRITABLE", text);
}

export function notWritable(folder: string, cause: unknown): LuacovError {
  const text = `Cannot write to ${visible(path.resolve(folder))}: ${inTheWay(cause) ?? reasonOf(cause)}`;
  return new LuacovError("NOT_WRITABLE", text, { cause });
}

/** What the system says where something else is in the place of a file or folder, in words; null for anything else. */
function inTheWay(cause: unknown): string | null {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? null;
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "a file is where a folder must be; name another place, or remove that file",
  ENOTDIR: "a file is where a folder must be; name another place, or remove that file",
  EISDIR: "a folder is where a file must be; name a file in it, or another place",
};
