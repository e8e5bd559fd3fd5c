/** Messages about places that nothing can be written to. */

import { LuacovError } from "../errors.js";
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
