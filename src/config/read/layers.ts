import { createRequire } from "node:module";
import path from "node:path";
import { unreadableConfig, wrongType } from "../../errors.js";
import type { SettingPlace } from "../../types.js";
import { isOptionKey, type OptionKey, optionKeys } from "../options/options.js";
import { objectIn, readManifest, readSettings, type Settings } from "./parse.js";
import type { Place } from "./places.js";

/** What the files of a configuration set, and which of them sets it. */
export interface Layers {
  /** By the keys of our options, where a key is one. */
  readonly settings: Settings;
  isSet(key: string): boolean;
  sourceOf(key: string): SettingPlace;
  /** Whether a file sets anything. */
  isSetIn(file: string): boolean;
}

interface Layer extends Pick<Place, "file" | "within"> {
  readonly settings: Settings;
}

/**
 * Reads the files of a configuration with what they extend, strongest first. Throws CONFIG for what cannot be read, for
 * `extends` without a file or in a circle, and for a `cwd` that is no text.
 */
export async function readLayers(places: readonly Place[], start: string): Promise<Layers> {
  const found: Layer[] = [];
  for (const place of places) found.push(...(await withExtended(place, [])));
  const layerOf = (key: string) => found.find(({ settings }) => spelling(settings, key) !== undefined);
  return {
    settings: Object.assign({}, ...found.map(({ settings }) => keyed(settings)).reverse()),
    isSet: (key) => layerOf(key) !== undefined,
    sourceOf: (key) => {
      const { file, within, settings } = layerOf(key) ?? { ...places[0], settings: {} };
      return { file: file ?? start, within: within ?? null, key: spelling(settings, key) ?? key };
    },
    isSetIn: (file) => found.some((each) => each.file === file && Object.keys(each.settings).length > 0),
  };
}

/**
 * A file and what it extends, strongest first. With nyc, what is extended wins, and the last of several; in files of ours,
 * what the file says itself, as people know it from other tools.
 */
async function withExtended(place: Place, extending: readonly string[]): Promise<Layer[]> {
  const { file, within, isOwn } = place;
  if (extending.includes(file)) throw unreadableConfig(file, circle(file, extending));
  const { extends: names, $schema: _, ...settings } = await settingsOf(place);
  const { cwd } = settings;
  if (cwd !== undefined && typeof cwd !== "string") throw wrongType("cwd", file, cwd, "a non-empty text");
  const folder = path.dirname(file);
  const layer = { file, within, settings: cwd ? { ...settings, cwd: path.resolve(folder, cwd) } : settings };
  const extended: Layer[] = [];
  for (const each of extendedFiles(file, names).reverse())
    extended.push(...(await withExtended({ file: each, within: null, isOwn }, [...extending, file])));
  return isOwn ? [layer, ...extended] : [...extended, layer];
}

/** From the file that comes round again to itself; `extending` has the last one last. */
function circle(file: string, extending: readonly string[]): string {
  const between = extending.slice(extending.indexOf(file) + 1).map((each) => path.basename(each));
  return between.length === 0 ? "it extends itself" : `it extends itself, through ${between.join(", ")}`;
}

async function settingsOf({ file, within }: Place): Promise<Settings> {
  if (within === null) return readSettings(file);
  return objectIn(file, readManifest(file)[within] ?? {});
}

function extendedFiles(file: string, value: unknown): string[] {
  const { resolve } = createRequire(file);
  return [value ?? []].flat().map((name: unknown) => {
    if (typeof name !== "string")
      throw wrongType("extends", file, value, "a non-empty text or a list of such");
    const found = attempt(() => resolve(name)) ?? attempt(() => resolve(`./${name}`));
    if (found === undefined) throw unreadableConfig(file, `it extends "${name}", which does not exist`);
    return found;
  });
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** By the keys of our options; `report-dir`, `reportDir` and `report_dir` are one. */
export function keyed(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [optionKey(key), value]));
}

function optionKey(key: string): OptionKey | string {
  return isOptionKey(key) ? key : (optionKeys.find((each) => plain(each) === plain(key)) ?? key);
}

/** The key as a file spells it. */
function spelling(settings: Settings, key: string): string | undefined {
  return Object.keys(settings).find((each) => plain(each) === plain(key));
}

function plain(key: string): string {
  return key.replace(/[-_. ]/g, "").toLowerCase();
}
