import { readdirSync, statSync } from "node:fs";
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

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
