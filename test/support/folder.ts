import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

/** Where tests have their folders. */
export const temporary = temporaryFolder();

/** A folder with the given files, removed when the test ends. Returns its real path. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(temporary, "luacov-ts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** The files of a folder, by name. */
export function filesIn(folder: string): Record<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((each) => each.isFile()).map((each) => path.join(each.parentPath, each.name));
  return Object.fromEntries(names.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

/** Where no folder above has a package.json, which would be the project of all tests. */
function temporaryFolder(): string {
  const folders = [tmpdir(), "/var/tmp", "/dev/shm"].filter(existsSync).map((folder) => realpathSync(folder));
  const found = folders.find((folder) => !isInProject(folder));
  if (found === undefined) throw new Error(`a package.json above each of ${folders.join(", ")}: set TMPDIR`);
  return found;
}

function isInProject(folder: string): boolean {
  const above = path.dirname(folder);
  return existsSync(path.join(folder, "package.json")) || (above !== folder && isInProject(above));
}
