import path from "node:path";
import minimatch from "minimatch";
import { namelessProject, noSuchProject } from "../errors/projects.js";
import { unreadableConfig, wrongType } from "../errors.js";
import { isFolder, listFolder } from "../files/files.js";
import { decodeName, isEscaped } from "../files/names.js";
import type { Config, SettingPlace, TestProject } from "../types.js";
import type { ValidOptions } from "./options/options.js";
import { keyed } from "./read/layers.js";
import { findPlaces } from "./read/places.js";
import { resolveConfig } from "./resolve.js";
import { validate } from "./validate.js";

/** What the configuration of a root has beside its own. */
export interface RootSettings {
  /** That of the root, with what is given over it. */
  readonly settings: ValidOptions;
  /** What is given, which wins in each project. */
  readonly overrides: ValidOptions;
  readonly root: string;
  /** The file that names its Luas; null where none does. */
  readonly luaFrom: string | null;
  /** Where `projects` is written. */
  readonly place: SettingPlace;
  /** The configuration that is found from a folder. */
  readonly load: (folder: string) => Promise<Config>;
}

const expected = 'a list of folders, and of objects with a "name" and options';

/**
 * The projects that a configuration names: folders, also by globs, each with its own configuration or that of the root, and sets
 * of options that replace those of the root. Throws CONFIG for what is none, for folders that are not there, and for a name that two have.
 */
export async function projectsOf(value: unknown, root: RootSettings): Promise<readonly TestProject[]> {
  const { place } = root;
  if (!Array.isArray(value) || value.length === 0) throw wrongType(place.key, place.file, value, expected);
  const projects: TestProject[] = [];
  for (const entry of value) projects.push(...(await projectsIn(entry, root)));
  const names = projects.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw unreadableConfig(place.file, `two projects have the name "${twice}"`);
  return projects;
}

async function projectsIn(entry: unknown, root: RootSettings): Promise<readonly TestProject[]> {
  if (typeof entry === "string" && entry !== "") return inFolders(entry, root);
  const { place } = root;
  if (typeof entry !== "object" || entry === null || Array.isArray(entry))
    throw wrongType(place.key, place.file, entry, expected);
  if (!("name" in entry)) throw namelessProject(place.file, entry);
  const { name, ...options } = entry;
  if (typeof name !== "string" || name === "") throw wrongType("name", place.file, name, "a non-empty text");
  const own = validate(keyed(options), (key) => ({ file: `${place.file} (project "${name}")`, key }));
  const config = merged(root, own, own.cwd);
  const isOwn = own.lua !== undefined && root.overrides.lua === undefined;
  return [{ name, config: isOwn ? { ...config, luaFrom: place.file } : config }];
}

/** Options of the root, with others over them, and what is given over all. */
function merged(
  { settings, overrides, root, luaFrom }: RootSettings,
  own: ValidOptions,
  folder: string | undefined,
): Config {
  const { cwd: _, ...options } = { ...settings, ...own, ...overrides };
  return { ...resolveConfig(options, path.resolve(root, folder ?? ".")), luaFrom };
}

async function inFolders(pattern: string, root: RootSettings): Promise<readonly TestProject[]> {
  const folders = foldersOf(
    root.root,
    pattern.split("/").filter((step) => step !== "" && step !== "."),
  );
  const { file } = root.place;
  if (folders.length === 0) throw noSuchProject(file, pattern);
  const projects: TestProject[] = [];
  for (const folder of folders) {
    const config = hasOwnConfiguration(folder) ? await root.load(folder) : merged(root, {}, folder);
    projects.push({ name: path.relative(root.root, folder).split(path.sep).join("/"), config });
  }
  return projects;
}

/** The folders that a path leads to, whose steps may be globs. */
function foldersOf(from: string, [step, ...others]: readonly string[]): readonly string[] {
  if (step === undefined) return isFolder(from) ? [from] : [];
  if (!/[*?[{]/.test(step)) return foldersOf(path.join(from, step), others);
  const names = isFolder(from) ? listFolder(from).map(({ name }) => decodeName(name)) : [];
  const glob = new minimatch.Minimatch(step, { dot: false });
  return names
    .filter((name) => name !== "node_modules" && !isEscaped(name) && glob.match(name))
    .sort()
    .map((name) => path.join(from, name))
    .filter(isFolder)
    .flatMap((folder) => foldersOf(folder, others));
}

function hasOwnConfiguration(folder: string): boolean {
  return findPlaces(folder, null).some(
    ({ file, isOwn, within }) => path.dirname(file) === folder && (isOwn || within === null),
  );
}
