import { realpathSync, statSync } from "node:fs";
import path from "node:path";

const entering = 0o001;
const reading = 0o004;

/** Whether any user of the system can read a file: itself, and each folder on the way to it, is open to others. */
export function isReadableByAll(file: string): boolean {
  const real = realpathSync(file);
  if ((statSync(real).mode & reading) === 0) return false;
  for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
    if ((statSync(folder).mode & entering) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}
