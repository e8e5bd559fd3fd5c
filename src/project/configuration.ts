/** What configures a project, and where its root is. */

import path from "node:path";
import { findPlaces, type Place } from "../config/read/places.js";
import { currentFolder, isFile } from "../files/files.js";
import type { Config } from "../types.js";
import type { Project, Said, Setting } from "./project.js";
import type { Declared } from "./read/declared.js";

/** Where the configuration of ours, or that of nyc's, is that counts; null for none. */
export function strongestPlace(config: Config): Place | null {
  const [place] = findPlaces(config.cwd, null);
  if (place === undefined || (place.within === "nyc" && config.given.length === 0)) return null;
  return place;
}

export function rootReasonOf({ cwd, rootFrom }: Config, place: Place | null): string {
  if (rootFrom !== null) return "where package.json is";
  if (cwd === currentFolder()) return "the current folder";
  return place?.isOwn === true ? "where the configuration is" : "as configured";
}

export function configurationOf(
  config: Config,
  place: Place | null,
  declared: Declared,
  isBustedRead: boolean,
): Said[] {
  const { cwd, given, luacov } = config;
  const own = place === null ? [] : [{ name: nameOf(place, cwd), says: given.join(", ") || "nothing" }];
  const busted = isFile(path.join(cwd, ".busted"))
    ? [{ name: ".busted", says: isBustedRead ? "counts for the specs" : "not read: no test is a spec" }]
    : [];
  const ofLuacov =
    luacov?.file === undefined ? [] : [{ name: path.relative(cwd, luacov.file), says: "LuaCov's" }];
  return [...own, ...busted, ...ofLuacov, ...declared.files];
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
