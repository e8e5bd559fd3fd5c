import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, realpathSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Puts a file of ours into a folder: whole or not at all. `fence` is a folder in which links may be a test's doing,
 * so that none of them may lead out of it, and those that have names of ours give way; null for none.
 */
export function placeFile(folder: string, name: string, content: Uint8Array, fence: string | null): void {
  const isFenced = fence !== null && isWithin(folder, fence);
  if (isFenced) stayWithin(folder, fence);
  mkdirSync(folder, { recursive: true });
  const parent = path.dirname(name);
  if (parent !== ".") makeFolders(folder, parent.split(path.sep), isFenced);
  const temporary = path.join(folder, parent, `.luacov-ts-${randomUUID()}.tmp`);
  try {
    writeFileSync(temporary, content, { flag: "wx" });
    renameSync(temporary, path.join(folder, name));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function makeFolders(folder: string, names: readonly string[], isFenced: boolean): void {
  for (const index of names.keys()) {
    const own = path.join(folder, ...names.slice(0, index + 1));
    if (isFenced && isLink(own)) unlinkSync(own);
    mkdirSync(own, { recursive: true });
  }
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function stayWithin(folder: string, fence: string): void {
  const nearest = nearestThatIsThere(folder);
  const real = realPath(nearest);
  if (real !== null && isWithin(real, fence)) return;
  throw new Error(`with --sandbox, the link at ${nearest} must not lead out of ${fence}; remove it`);
}

/** Null for a link to nothing, which may be made outside. */
function realPath(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}

/** A link to nothing is there. */
function nearestThatIsThere(folder: string): string {
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || path.dirname(folder) === folder ? folder : nearestThatIsThere(path.dirname(folder));
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
