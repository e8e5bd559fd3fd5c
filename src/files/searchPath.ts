import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Whether a shell would find a program of this name in the folders of PATH. */
export function isOnPath(name: string, searchPath: string): boolean {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.bat`, `${name}.cmd`] : [name];
  const folders = searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.some((folder) => names.some((each) => isExecutable(path.join(folder, each))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
