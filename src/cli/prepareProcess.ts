import { chdir } from "node:process";
import { noCurrentFolder, noSuchFolder } from "../errors.js";
import { currentFolder } from "../files/files.js";
import type { CommandLine } from "./arguments/flags.js";

/** Goes to the folders that are given, and says to all that writes whether there are colours. Throws USAGE. */
export function prepareProcess({ directories, color }: Pick<CommandLine, "directories" | "color">): void {
  for (const folder of directories) enter(folder);
  checkCurrentFolder();
  if (color === null) return;
  // The one that is empty says nothing.
  process.env.NO_COLOR = color ? "" : "1";
  process.env.FORCE_COLOR = color ? "1" : "";
}

/** A shell may still be in a folder that somebody has removed. */
function checkCurrentFolder(): void {
  try {
    currentFolder();
  } catch (cause) {
    throw noCurrentFolder(cause);
  }
}

function enter(folder: string): void {
  try {
    chdir(folder);
  } catch (cause) {
    throw noSuchFolder(folder, cause);
  }
}
