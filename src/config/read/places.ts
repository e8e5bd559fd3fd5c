import path from "node:path";
import { isFile } from "../../files/files.js";
import { readManifest } from "./parse.js";
import { configurationIn, refuseOtherKinds } from "./unread.js";

/** Where configuration is written. */
export interface Place {
  readonly file: string;
  /** The key of a package.json that holds it; null for a file that is all configuration. */
  readonly within: string | null;
  /** Whether it is for us alone, and not for nyc, too. */
  readonly isOwn: boolean;
}

/** Files that are for us alone; the first one in a folder counts. */
export const ownNames: readonly string[] = [
  "jsonc",
  "json",
  "yaml",
  "yml",
  "mjs",
  "js",
  "cjs",
  "ts",
  "mts",
  "cts",
].map((ending) => `luacov-ts.config.${ending}`);

/** Those of nyc, in its order. */
export const nycNames: readonly string[] = [
  ".nycrc",
  ".nycrc.json",
  ".nycrc.yml",
  ".nycrc.yaml",
  "nyc.config.js",
  "nyc.config.cjs",
  "nyc.config.mjs",
];

const [ownKey, nycKey] = ["luacov-ts", "nyc"];

/**
 * Where the configuration of a folder is, strongest first: in the folder itself or the nearest one above it. What is ours
 * takes the place of what is nyc's, which may be for the JavaScript of a project, unless that is nearer. `asked` is a file
 * to read instead. Throws CONFIG for a package.json that cannot be read, and for what is called like a configuration of ours and is none.
 */
export function findPlaces(start: string, asked: string | null): readonly Place[] {
  const own = asked === null ? findOwn(start) : null;
  const nyc = asked ?? findUp(start, nycNames);
  if (own !== null && (nyc === null || isWithin(path.dirname(own.file), path.dirname(nyc)))) return [own];
  if (nyc !== null && ownNames.includes(path.basename(nyc)))
    return [{ file: nyc, within: null, isOwn: true }];
  const manifest = manifestAbove(start);
  const places: readonly Place[] = nyc === null ? [] : [{ file: nyc, within: null, isOwn: false }];
  return manifest === null ? places : [...places, { file: manifest, within: nycKey, isOwn: false }];
}

function findOwn(folder: string): Place | null {
  const named = configurationIn(folder, ownNames);
  if (named !== null) return { file: named, within: null, isOwn: true };
  refuseOtherKinds(folder, ownNames);
  const manifest = nameIn(folder, ["package.json"]);
  if (manifest !== null && Object.hasOwn(readManifest(manifest), ownKey))
    return { file: manifest, within: ownKey, isOwn: true };
  const parent = path.dirname(folder);
  return parent === folder ? null : findOwn(parent);
}

/** The package.json in a folder or the nearest one above it; null for none. */
export function manifestAbove(start: string): string | null {
  return findUp(start, ["package.json"]);
}

function findUp(folder: string, names: readonly string[]): string | null {
  const found = nameIn(folder, names);
  const parent = path.dirname(folder);
  return found !== null || parent === folder ? found : findUp(parent, names);
}

function nameIn(folder: string, names: readonly string[]): string | null {
  return names.map((name) => path.join(folder, name)).find(isFile) ?? null;
}

function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(other.endsWith(path.sep) ? other : `${other}${path.sep}`);
}
