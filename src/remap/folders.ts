import path from "node:path";
import { listFolder } from "../files/files.js";
import { decodeName } from "../files/names.js";

/** What is in folders, each of which is read once: of thousands of files, nearly all have no map. */
export interface Folders {
  has(folder: string, name: string): boolean;
  /** Whether TypeScript is compiled in it, or in one above it. */
  isTypeScript(folder: string): boolean;
}

export function createFolders(): Folders {
  const known = new Map<string, ReadonlySet<string>>();
  const answers = new Map<string, boolean>();
  const namesIn = (folder: string) => {
    const names = known.get(folder) ?? read(folder);
    known.set(folder, names);
    return names;
  };
  const isTypeScript = (folder: string): boolean => {
    const parent = path.dirname(folder);
    const answer =
      answers.get(folder) ??
      ([...namesIn(folder)].some((name) => /^tsconfig.*\.json$/.test(name)) ||
        (parent !== folder && isTypeScript(parent)));
    answers.set(folder, answer);
    return answer;
  };
  return { has: (folder, name) => namesIn(folder).has(name), isTypeScript };
}

/** A folder that is gone has nothing in it. */
function read(folder: string): ReadonlySet<string> {
  try {
    return new Set(listFolder(folder).map(({ name }) => decodeName(name)));
  } catch {
    return new Set();
  }
}
