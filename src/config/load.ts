import path from "node:path";
import { notUtf8, unreadableConfig } from "../errors.js";
import { currentFolder, isFile, missing } from "../files/files.js";
import { isEscaped } from "../files/names.js";
import type { Config } from "../types.js";
import { type KeySources, keySources, manifestAbove, rcFile } from "./files.js";
import type { Options } from "./options/options.js";
import { resolveConfig } from "./resolve.js";
import { metrics } from "./resolveThresholds.js";
import { isOwnProject } from "./root.js";
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
  const sources = keySources(file, start);
  const { cwd, ...found } = await readNycConfig(start, file, sources);
  const settings = validate(found, sources.sourceOf);
  const root = rootOf({ given: given.cwd, found: cwd, start, file, sources });
  const config = resolveConfig({ ...settings, ...overrides }, root.folder);
  return { ...config, rootFrom: root.from, thresholdsFrom: placesOf(settings, overrides, sources) };
}

/** Where the thresholds are written that no given option replaces. */
function placesOf(settings: object, overrides: object, { sourceOf }: KeySources): Config["thresholdsFrom"] {
  const keys = [...metrics, "thresholds"].filter((key) => key in settings && !(key in overrides));
  return Object.fromEntries(keys.map((key) => [key, sourceOf(key)]));
}

/** The package that reads it takes as long to load as all else of ours, and most projects have nothing for it to read. */
async function readNycConfig(
  cwd: string,
  file: string | null,
  { ownSettings }: KeySources,
): Promise<Record<string, unknown>> {
  const manifest = manifestAbove(cwd);
  const isSet = file !== null || (manifest !== null && ownSettings(manifest));
  if (!isSet) return { cwd: manifest === null ? cwd : path.dirname(manifest) };
  const { loadNycConfig } = await import("@istanbuljs/load-nyc-config");
  try {
    return await loadNycConfig(file === null ? { cwd } : { cwd, nycrcPath: file });
  } catch (cause) {
    throw unreadableConfig(file ?? path.join(cwd, "package.json"), cause);
  }
}

interface RootSources {
  readonly given: string | undefined;
  /** As load-nyc-config has it: the configured folder, else that of package.json, else the current one. */
  readonly found: unknown;
  readonly start: string;
  readonly file: string | null;
  readonly sources: KeySources;
}

/**
 * The given folder, else the configured one (relative to its file), else that of package.json, unless that one is another
 * project's. `from` is the package.json that has made another folder than the current one the root.
 */
function rootOf({ given, found, start, file, sources }: RootSources): {
  folder: string;
  from: string | null;
} {
  if (given !== undefined) return { folder: path.resolve(currentFolder(), given), from: null };
  const base = file === null ? currentFolder() : path.dirname(file);
  const folder = path.resolve(base, typeof found === "string" && !found.includes("\ufffd") ? found : ".");
  const manifest = manifestAbove(start);
  const isChosen = sources.isSet("cwd") || manifest === null || folder !== path.dirname(manifest);
  if (isChosen || folder === start) return { folder, from: null };
  if (!sources.ownSettings(manifest) && isOwnProject(start, manifest, file))
    return { folder: start, from: null };
  return { folder, from: manifest };
}
