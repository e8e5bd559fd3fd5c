import { lstatSync, mkdirSync, realpathSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";

/**
 * The folder in which links may be a test's doing, so that none of them leads us out of it; null where links are
 * their owner's business.
 */
export type Fence = string | null;

/** Makes a folder with those around it. Throws when links in the fence lead out of it. */
export function makeFolder(folder: string, fence: Fence): void {
  if (fence !== null && isWithin(folder, fence)) stayWithin(folder, fence);
  makeOneByOne(folder);
}

/** Node's own way to do it tries for ever where nobody can make folders, as in /proc. */
function makeOneByOne(folder: string): void {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeOneByOne(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Makes a folder that has a name of ours: a link in its place is none of ours, and gives way. */
export function makeOwnFolder(folder: string, fence: Fence): void {
  makeFolder(path.dirname(folder), fence);
  if (fence !== null && isWithin(folder, fence) && isLink(folder)) unlinkSync(folder);
  makeFolder(folder, fence);
}

/** Where a file is written that has this name: behind a link that may be followed, else in the place of the link. */
export function placeOf(file: string, fence: Fence): string {
  const isFenced = fence !== null && isWithin(file, fence);
  if (isFenced) stayWithin(path.dirname(file), fence);
  if (isFenced || !isLink(file)) return file;
  try {
    return realpathSync(file);
  } catch {
    // A link to nothing.
    return file;
  }
}

export function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function stayWithin(folder: string, fence: string): void {
  const nearest = nearestIn(folder);
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

/** The folder itself, or the next one around it that is there; a link to nothing is. */
function nearestIn(folder: string): string {
  const parent = path.dirname(folder);
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  return isThere || parent === folder ? folder : nearestIn(parent);
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
