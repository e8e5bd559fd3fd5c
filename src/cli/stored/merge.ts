import { statSync } from "node:fs";
import path from "node:path";
import { usage } from "../../errors.js";
import { type Config, joinTestRecords, writeCoverage } from "../../index.js";
import { counted } from "../../words.js";
import { collect } from "../coverage.js";
import { noticeText } from "../print.js";

/** Adds up the maps of a folder. Throws USAGE. */
export function mergeFolder(
  config: Config,
  [folder, file = "coverage.json", ...others]: readonly string[],
  isQuiet: boolean,
): number {
  if (folder === undefined || others.length > 0) throw usage("merge takes a folder and a file to write");
  const from = path.resolve(folder);
  if (isIn(file, from)) {
    throw usage(
      `merge would add ${file} to the maps in ${folder}, which would then count twice; name a file elsewhere`,
    );
  }
  const { coverage } = collect(config, folder);
  writeCoverage(config, file, coverage);
  joinShards(config, folder);
  if (!isQuiet)
    console.log(`Coverage of ${counted(Object.keys(coverage).length, "file")} merged into ${file}`);
  return 0;
}

/** Whether a file would be one of those in a folder, by whatever names. */
function isIn(file: string, folder: string): boolean {
  const own = statSync(path.dirname(path.resolve(file)), { throwIfNoEntry: false });
  const other = statSync(folder, { throwIfNoEntry: false });
  return own !== undefined && own.ino === other?.ino && own.dev === other.dev;
}

/** What shards have found out of their test files is of use for the next ones. */
export function joinShards(config: Config, folder: string): void {
  for (const notice of joinTestRecords(config, path.resolve(folder))) console.error(noticeText(notice));
}
