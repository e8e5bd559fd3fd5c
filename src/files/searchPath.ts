import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Whether a shell would find a program of this name in the folders of PATH. */
export function isOnPath(name: string, searchPath: string): boolean {
  return programOnPath(name, searchPath) !== null;
}

/** The program that a shell would find; null for none. */
export function programOnPath(name: string, searchPath: string): string | null {
  const names = process.platform === "win32" ? [`${name}.exe`, `${name}.bat`, `${name}.cmd`] : [name];
  const folders = searchPath.split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const files = folders.flatMap((folder) => names.map((each) => path.join(folder, each)));
  return files.find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
