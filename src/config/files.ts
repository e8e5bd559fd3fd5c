import { createRequire } from "node:module";
import path from "node:path";
import { unreadableConfig, wrongType } from "../errors.js";
import { isFile, readContent } from "../files/files.js";
import type { SettingPlace } from "../types.js";
import { yaml } from "./yaml.js";

/** What is known of the JSON and YAML files of a configuration. */
export interface KeySources {
  isSet(key: string): boolean;
  sourceOf(key: string): SettingPlace;
  /** Whether one of the files sets anything. */
  ownSettings(file: string): boolean;
}

/** A configuration file with the keys that it sets itself, as they are spelt in it. */
interface Layer {
  readonly file: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** In the order in which @istanbuljs/load-nyc-config looks for them. */
export const rcNames = [
  ".nycrc",
  ".nycrc.json",
  ".nycrc.yml",
  ".nycrc.yaml",
  "nyc.config.js",
  "nyc.config.cjs",
  "nyc.config.mjs",
] as const;

/** Scripts are left to load-nyc-config: their keys cannot be told from those of what they extend. */
const scripts = [".js", ".cjs", ".mjs"];
const yamlEndings = [".yml", ".yaml"];

/** The configuration file in a folder or the nearest one above it, or the one asked for; null for none. */
export function rcFile(cwd: string, asked: string | undefined): string | null {
  return asked === undefined ? findUp(cwd, rcNames) : path.resolve(cwd, asked);
}

/**
 * Reads the JSON and YAML files of a configuration and returns where each key comes from. load-nyc-config reads them too,
 * but says neither which file is broken nor which one a key is from. Throws CONFIG for what is not a JSON
 * object, for `extends` without a file, and for a `cwd` that is no text, which load-nyc-config takes apart.
 */
export function keySources(rc: string | null, cwd: string): KeySources {
  const manifest = manifestAbove(cwd);
  const files = [rc, manifest].filter((file) => file !== null);
  const layers = files.flatMap((file) => withExtended(file, []));
  const layerOf = (key: string) => layers.find(({ settings }) => spelling(settings, key) !== undefined);
  return {
    isSet: (key) => layerOf(key) !== undefined,
    sourceOf: (key) => {
      const found = layerOf(key);
      const file = found?.file ?? rc ?? manifest ?? cwd;
      return { file, key: spelling(found?.settings ?? {}, key) ?? key };
    },
    ownSettings: (file) =>
      layers.some((layer) => layer.file === file && Object.keys(layer.settings).length > 0),
  };
}

/** The package.json in a folder or the nearest one above it; null for none. */
export function manifestAbove(cwd: string): string | null {
  return findUp(cwd, ["package.json"]);
}

function findUp(cwd: string, names: readonly string[]): string | null {
  const found = names.map((name) => path.join(cwd, name)).find(isFile);
  const parent = path.dirname(cwd);
  if (found !== undefined) return found;
  return parent === cwd ? null : findUp(parent, names);
}

/** What a file extends and the file, strongest first: what is extended wins, and the last of several. */
function withExtended(file: string, extending: readonly string[]): Layer[] {
  // A circle is load-nyc-config's to report.
  if (extending.includes(file)) return [];
  const settings = readSettings(file);
  if (settings.cwd !== undefined && typeof settings.cwd !== "string") {
    throw wrongType("cwd", file, settings.cwd, "a non-empty text");
  }
  const extended = extendedFiles(file, settings.extends);
  return [
    ...extended.reverse().flatMap((each) => withExtended(each, [...extending, file])),
    { file, settings },
  ];
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

/** The key as a file spells it: `report-dir`, `reportDir` and `report_dir` are one. */
function spelling(settings: Layer["settings"], key: string): string | undefined {
  return Object.keys(settings).find((each) => plain(each) === plain(key));
}

const plain = (key: string) => key.replace(/[-_. ]/g, "").toLowerCase();

function readSettings(file: string): Layer["settings"] {
  const ending = path.extname(file).toLowerCase();
  if (scripts.includes(ending)) return {};
  if (yamlEndings.includes(ending)) return readYaml(file);
  const content = readJson(file);
  const settings = path.basename(file) === "package.json" ? (objectIn(file, content).nyc ?? {}) : content;
  return objectIn(file, settings);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readContent(file).toString("utf8"));
  } catch (cause) {
    throw unreadableConfig(file, cause);
  }
}

/** What is wrong with it is load-nyc-config's to say. */
function readYaml(file: string): Layer["settings"] {
  const content = attempt((): unknown =>
    yaml().parse(readContent(file).toString("utf8"), { logLevel: "silent" }),
  );
  return typeof content === "object" && content !== null ? { ...content } : {};
}

function objectIn(file: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw unreadableConfig(file, "it must hold an object with the keys that luacov-ts --help lists");
}
