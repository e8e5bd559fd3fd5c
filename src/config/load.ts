import path from "node:path";
import { notUtf8, unreadableConfig } from "../errors.js";
import { currentFolder, isFile, missing } from "../files/files.js";
import { isEscaped } from "../files/names.js";
import type { Config, Notice } from "../types.js";
import type { Options } from "./options/options.js";
import type { RootSettings } from "./projects.js";
import { type Layers, readLayers } from "./read/layers.js";
import { findPlaces, manifestAbove, ownNames, type Place } from "./read/places.js";
import { ignoredBeside } from "./read/unread.js";
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
 * The configuration of a project, found from `cwd` (default: the current folder) upwards: `luacov-ts.config.jsonc` (also json,
 * yaml, mjs, js, cjs, ts) or `package.json`'s "luacov-ts", else `.nycrc.json` and its kin or `package.json`'s "nyc", with what
 * they extend; then the given options over it. Throws CONFIG for unknown keys, wrong types and unreadable files.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<Config> {
  const { config, projects } = await load(options);
  if (projects === null) return config;
  const { projectsOf } = await import("./projects.js");
  return { ...config, projects: await projectsOf(projects.value, projects.root) };
}

interface Loaded {
  readonly config: Config;
  /** What it says of projects; null for nothing. */
  readonly projects: { readonly value: unknown; readonly root: RootSettings } | null;
}

async function load(options: LoadOptions): Promise<Loaded> {
  const { nycrcPath, ...given } = options;
  const overrides = validate(given, (key) => ({ key, file: "the given options" }));
  const start = path.resolve(currentFolder(), overrides.cwd ?? ".");
  if (isEscaped(start)) throw notUtf8("cwd", start);
  const asked = nycrcPath === undefined ? null : path.resolve(start, nycrcPath);
  if (asked !== null && !isFile(asked)) throw unreadableConfig(asked, missing(asked));
  const places = findPlaces(start, asked);
  const layers = await readLayers(places, start);
  const { cwd, projects, ...found } = layers.settings;
  const settings = validate(found, layers.sourceOf);
  const root = rootOf({ given: given.cwd, found: cwd, start, places, layers });
  const config = {
    ...resolveConfig({ ...settings, ...overrides }, root.folder),
    rootFrom: root.from,
    thresholdsFrom: placesOf(settings, overrides, layers),
    configurationNotices: ignoredOf(places, asked),
    luaFrom: "lua" in settings && !("lua" in overrides) ? layers.sourceOf("lua").file : null,
  };
  if (projects === undefined) return { config, projects: null };
  const place = layers.sourceOf("projects");
  const loadIn = (folder: string) => loadProject({ ...given, cwd: folder });
  return {
    config,
    projects: {
      value: projects,
      root: { settings, overrides, root: config.cwd, luaFrom: config.luaFrom, place, load: loadIn },
    },
  };
}

/** What is said of files that do not count beside one of ours that was found. */
function ignoredOf([strongest]: readonly Place[], asked: string | null): readonly Notice[] {
  return asked === null && strongest?.isOwn ? ignoredBeside(strongest.file, ownNames) : [];
}

/** The configuration of a project, which has no projects itself. */
async function loadProject(options: LoadOptions): Promise<Config> {
  const { config, projects } = await load(options);
  if (projects !== null)
    throw unreadableConfig(projects.root.place.file, "a project has projects of its own");
  return config;
}

/** Where the thresholds are written that no given option replaces. */
function placesOf(settings: object, overrides: object, { sourceOf }: Layers): Config["thresholdsFrom"] {
  const keys = [...metrics, "thresholds"].filter((key) => key in settings && !(key in overrides));
  return Object.fromEntries(keys.map((key) => [key, sourceOf(key)]));
}

interface RootSources {
  readonly given: string | undefined;
  /** As the configuration has it. */
  readonly found: unknown;
  readonly start: string;
  readonly places: readonly Place[];
  readonly layers: Layers;
}

/**
 * The given folder, else the configured one, else that of a configuration of ours or of package.json, unless that one is
 * another project's. `from` is the package.json that has made another folder than the current one the root.
 */
function rootOf({ given, found, start, places, layers }: RootSources): {
  folder: string;
  from: string | null;
} {
  if (given !== undefined) return { folder: path.resolve(currentFolder(), given), from: null };
  if (typeof found === "string" && !found.includes("\ufffd")) return { folder: found, from: null };
  const [strongest] = places;
  if (strongest?.isOwn) return { folder: path.dirname(strongest.file), from: null };
  const manifest = manifestAbove(start);
  if (manifest === null) return { folder: start, from: null };
  const folder = path.dirname(manifest);
  const rc = strongest?.within === null ? strongest.file : null;
  const isOther = !layers.isSetIn(manifest) && isOwnProject(start, manifest, rc);
  return folder === start || isOther ? { folder: start, from: null } : { folder, from: manifest };
}
