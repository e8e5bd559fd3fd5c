import { currentFolder, realPath } from "../../files/files.js";

/** By what name the user knows the current folder: as POSIX has it, PWD counts unless it is of another one. */
export function logicalFolder(): string | undefined {
  const { PWD } = process.env;
  const own = currentFolder();
  if (process.platform === "win32" || (PWD !== undefined && leadsTo(PWD, own))) return PWD;
  return own;
}

function leadsTo(name: string, folder: string): boolean {
  try {
    return realPath(name) === realPath(folder);
  } catch {
    return false;
  }
}
