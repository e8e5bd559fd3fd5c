/** What configures a project, and where its root is. */

import path from "node:path";
import { readLayers } from "../config/read/layers.js";
import { findPlaces, type Place } from "../config/read/places.js";
import { currentFolder, isFile } from "../files/files.js";
import type { Config } from "../types.js";
import type { Project, Said, Setting } from "./project.js";
import type { Declared } from "./read/declared.js";

/** Where a configuration of ours, or of nyc's, is that counts, and the keys that it sets. */
export interface OwnConfiguration {
  readonly place: Place;
  readonly keys: readonly string[];
}

/** The one that counts for a project; null where nothing is set. Throws CONFIG. */
export async function ownConfiguration({ cwd }: Pick<Config, "cwd">): Promise<OwnConfiguration | null> {
  const [start = cwd, places = []] =
    [cwd, currentFolder()]
      .map((folder) => [folder, findPlaces(folder, null)] as const)
      .find(([, found]) => found.length > 0) ?? [];
  const [place] = places;
  if (place === undefined) return null;
  const keys = Object.keys((await readLayers(places, start)).settings);
  return keys.length === 0 && place.within === "nyc" ? null : { place, keys };
}

export function rootReasonOf({ cwd, rootFrom }: Config, own: OwnConfiguration | null): string {
  if (rootFrom !== null) return "where package.json is";
  if (cwd === currentFolder()) return "the current folder";
  const isThere = own?.place.isOwn === true && path.dirname(own.place.file) === cwd;
  return isThere ? "where the configuration is" : "as configured";
}

export function configurationOf(
  config: Config,
  own: OwnConfiguration | null,
  declared: Declared,
  isBustedRead: boolean,
): Said[] {
  const { cwd, luacov } = config;
  const ours = own === null ? [] : [{ name: nameOf(own.place, cwd), says: own.keys.join(", ") || "nothing" }];
  const busted = isFile(path.join(cwd, ".busted"))
    ? [{ name: ".busted", says: isBustedRead ? "counts for the specs" : "not read: no test is a spec" }]
    : [];
  const ofLuacov =
    luacov?.file === undefined ? [] : [{ name: path.relative(cwd, luacov.file), says: "LuaCov's" }];
  return [...ours, ...busted, ...ofLuacov, ...declared.files];
}

export function nameOf({ file, within }: Place, root: string): string {
  const name = path.relative(root, file);
  return within === null ? name : `${name} (${within})`;
}

/** Whether what nyc reads is for JavaScript alone: it lets no Lua file through that there is. */
export function isForJavaScript(
  place: Place | null,
  { sources }: Pick<Project, "sources">,
  likely: number,
): boolean {
  return place !== null && !place.isOwn && sources.length === 0 && likely > 0;
}

/** The option by which a configuration of ours takes the place of one that is for JavaScript. */
export function luaSetting(place: Place, root: string): Setting {
  const reason = `${nameOf(place, root)} is for JavaScript: it lets no Lua file through, and is not read where this file is.`;
  return { key: "extension", value: [".lua"], reason, isNeeded: true };
}
