import { closeSync, lstatSync, openSync, readSync, rmdirSync, rmSync } from "node:fs";
import path from "node:path";
import { readContent } from "../../files/files.js";
import { pageMark } from "./frame.js";

/** In the folder of a report: the pages that are ours there. */
export const pagesFile = ".luacov-ts-pages.json";

/** The pages of an earlier report in a folder, by their names from there on. */
export function readPages(folder: string): readonly string[] {
  try {
    const pages: unknown = JSON.parse(readContent(path.join(folder, pagesFile)).toString("utf8"));
    return Array.isArray(pages) ? pages.filter((page) => typeof page === "string") : [];
  } catch {
    return [];
  }
}

/** Removes pages of an earlier report whose sources are gone, and the folders that this leaves empty. */
export function removePages(folder: string, pages: readonly string[]): void {
  for (const page of pages) {
    if (!isInside(page) || !isOurs(folder, page)) continue;
    rmSync(path.join(folder, page), { force: true });
    removeEmptyFolders(folder, path.posix.dirname(page));
  }
}

/** The list is a file like any other: somebody may have written into it. */
function isInside(page: string): boolean {
  const steps = page.split("/");
  return (
    page.endsWith(".html") &&
    steps.every((step) => step !== "" && step !== "." && step !== ".." && !/[\\:]/.test(step))
  );
}

/** Whether a page is there, through no link, that begins as ours do. */
function isOurs(folder: string, page: string): boolean {
  const steps = page.split("/");
  const isReal = steps.every((_, index) => {
    const stats = lstatSync(path.join(folder, ...steps.slice(0, index + 1)), { throwIfNoEntry: false });
    return index === steps.length - 1 ? stats?.isFile() : stats?.isDirectory();
  });
  return isReal && startOf(path.join(folder, page)) === pageMark;
}

function startOf(file: string): string {
  const bytes = Buffer.alloc(pageMark.length);
  try {
    const descriptor = openSync(file, "r");
    try {
      return bytes.toString("latin1", 0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}

function removeEmptyFolders(folder: string, inner: string): void {
  if (inner === ".") return;
  try {
    rmdirSync(path.join(folder, inner));
  } catch {
    // There are other files in it.
    return;
  }
  removeEmptyFolders(folder, path.posix.dirname(inner));
}
