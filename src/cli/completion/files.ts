import { accessSync, constants, readdirSync, statSync } from "node:fs";
import path from "node:path";

/** The paths that begin as typed, folders with a slash behind them. */
export function pathsFrom(typed: string, onlyFolders: boolean): string[] {
  const cut = typed.lastIndexOf("/") + 1;
  const [folder, start] = [typed.slice(0, cut), typed.slice(cut)];
  const names = namesIn(folder === "" ? "." : folder).filter(
    (name) => name.startsWith(start) && (start.startsWith(".") || !name.startsWith(".")),
  );
  return names.sort().flatMap((name) => {
    const isFolder = statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder) return [`${folder}${name}/`];
    return onlyFolders ? [] : [`${folder}${name}`];
  });
}

/** The names on the search path that begin as typed, of programs that may be started. */
export function programsFrom(typed: string): string[] {
  if (typed.includes("/")) return [];
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const found = folders.flatMap((folder) =>
    namesIn(folder).filter((name) => name.startsWith(typed) && isProgram(path.join(folder, name))),
  );
  return [...new Set(found)].sort();
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
