import path from "node:path";
import { loadNycConfig } from "@istanbuljs/load-nyc-config";
import { notUtf8, unreadableConfig } from "../errors.js";
import { currentFolder, isFile, missing } from "../files/files.js";
import { isEscaped } from "../files/names.js";
import type { Config } from "../types.js";
import { keySources, rcFile } from "./files.js";
import type { Options } from "./options.js";
import { resolveConfig } from "./resolve.js";
import { validate } from "./validate.js";

/** Where to look for configuration, and options that win over what is found. */
export interface LoadOptions extends Options {
  /** Read this file instead of searching for one. */
  readonly nycrcPath?: string;
}

/**
 * The configuration of a project: `.nycrc.json`, `.nycrc` or `package.json`'s "nyc", with what they extend,
 * found from `cwd` (default: the current folder) upwards; then the given options over it.
 * Throws CONFIG for unknown keys, wrong types and unreadable files.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<Config> {
  const { nycrcPath, ...given } = options;
  const overrides = validate(given, (key) => ({ key, file: "the given options" }));
  const start = path.resolve(currentFolder(), overrides.cwd ?? ".");
  if (isEscaped(start)) throw notUtf8("cwd", start);
  const file = rcFile(start, nycrcPath);
  if (file !== null && !isFile(file)) throw unreadableConfig(file, missing(file));
  const sourceOf = keySources(file, start);
  const { cwd, ...found } = await readNycConfig(start, file);
  const settings = validate(found, sourceOf);
  return resolveConfig({ ...settings, ...overrides }, rootOf(given.cwd, cwd, file));
}

async function readNycConfig(cwd: string, file: string | null): Promise<Record<string, unknown>> {
  try {
    return await loadNycConfig(file === null ? { cwd } : { cwd, nycrcPath: file });
  } catch (cause) {
    throw unreadableConfig(file ?? path.join(cwd, "package.json"), cause);
  }
}

/** The given folder, else the configured one (relative to its file), else that of package.json. */
function rootOf(given: string | undefined, found: unknown, file: string | null): string {
  if (given !== undefined) return path.resolve(currentFolder(), given);
  const folder = file === null ? currentFolder() : path.dirname(file);
  return path.resolve(folder, typeof found === "string" && !found.includes("\ufffd") ? found : ".");
}
