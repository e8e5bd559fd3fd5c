import { readdirSync } from "node:fs";
import path from "node:path";

/** The files below a folder whose names match. */
export function filesWith(folder: string, name: RegExp): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.isFile() && name.test(each.name))
    .map((each) => path.join(each.parentPath, each.name));
}
