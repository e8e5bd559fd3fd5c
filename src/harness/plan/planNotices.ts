import path from "node:path";
import { currentFolder } from "../../files/files.js";
import type { Config, Notice } from "../../types.js";
import { unheardOptions } from "./filters.js";

/** What is to be known of a run before its results. */
export function planNotices(config: Config, tests: readonly string[]): Notice[] {
  return [...rootNotices(config), ...config.configurationNotices, ...unheardOptions(config, tests)];
}

/** That the project root is not the folder in which the command was called, though nobody has said so. */
function rootNotices({ cwd, rootFrom }: Config): Notice[] {
  if (rootFrom === null) return [];
  const reason = `because of ${path.relative(currentFolder(), rootFrom)}`;
  const message = `The project root is ${cwd}, ${reason}; --cwd . makes it this folder`;
  return [{ level: "information", file: cwd, message }];
}
