import path from "node:path";
import { type LoadOptions, loadConfig as loadOwn } from "./config/load.js";
import { type LuacovConfiguration, luacovConfiguration } from "./config/luacov.js";
import { currentFolder, isFile, missing, readContent } from "./files/files.js";
import { fileOfModule } from "./files/modules.js";
import { refusedFile } from "./files/refused.js";
import { isWithin } from "./output/place.js";
import type { Config, Notice } from "./types.js";
import { counted } from "./words.js";

/** How long a configuration of LuaCov's may run, in milliseconds. */
const limit = 2000;

/**
 * The configuration of a project: as `loadOwn` has it, and where that says nothing, what LuaCov's `.luacov` says in the
 * project root, or the file that LUACOV_CONFIG names. Throws as `loadOwn`; a broken `.luacov` is a warning.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<Config> {
  const config = await loadOwn(options);
  const file = luacovFile(config.cwd);
  if (file === null) return config;
  if (!isFile(file)) {
    const message = `LUACOV_CONFIG names ${file}, but ${missing(file)}`;
    return {
      ...config,
      configurationNotices: [...config.configurationNotices, { level: "warning", file, message }],
    };
  }
  const refused = refusedFile(file);
  if (refused !== null) {
    const message = `${path.relative(config.cwd, file)} does not count, as it cannot be read: ${refused}`;
    return { ...config, configurationNotices: [{ level: "warning", file, message }] };
  }
  const text = readContent(file);
  // Most projects have none, and a Lua state takes time to load.
  const { readLuacovFile } = await import("./engine/fengari/configuration/luacovFile.js");
  const getenv = (name: string) => process.env[name];
  const moduleOf = (name: string) => moduleIn(config, name);
  const { settings, problems } = readLuacovFile(text, { getenv, moduleOf }, limit);
  const lineOf = (key: string) => lineWith(key, text.toString("latin1"));
  const found = luacovConfiguration(settings, { file, root: config.cwd, lineOf });
  return withLuacov(config, { ...found, problems: [...problems, ...found.problems] });
}

/** An empty variable stands for no file, as with LuaCov. */
function luacovFile(root: string): string | null {
  const named = process.env.LUACOV_CONFIG;
  if (named !== undefined) return named === "" ? null : path.resolve(currentFolder(), named);
  const usual = path.join(root, ".luacov");
  return isFile(usual) ? usual : null;
}

/** A module of the project, where a test would find it. */
function moduleIn({ cwd, luaPath }: Config, name: string): { text: Uint8Array; file: string } | null {
  const file = fileOfModule(name, [...luaPath, "?.lua", "?/init.lua"], cwd);
  if (file === null || !isWithin(file, cwd)) return null;
  return { text: readContent(file), file: path.relative(cwd, file) };
}

/** Where a key is first written as one, in a file that may build its tables in any way. */
function lineWith(key: string, text: string): number | null {
  const escaped = key.replace(/[^\w]/g, "\\$&");
  const at = text.search(
    new RegExp(`(?<![\\w.]|\\blocal\\s+)${escaped}\\s*=(?!=)|\\[["']${escaped}["']\\]\\s*=`),
  );
  return at === -1 ? null : text.slice(0, at).split("\n").length;
}

/** The options of ours that say what a key of LuaCov's says. */
const counterparts: Readonly<Record<string, keyof Config>> = {
  include: "include",
  exclude: "exclude",
  includeuntestedfiles: "all",
  reporter: "reporter",
  runreport: "reporter",
};

function withLuacov(config: Config, found: LuacovConfiguration): Config {
  const { settings, options } = found;
  const isGiven = (key: keyof Config) => config.given.includes(key);
  const { include, exclude, modules } = settings.scope;
  return {
    ...config,
    all: isGiven("all") ? config.all : (options.all ?? config.all),
    reporter: isGiven("reporter") ? config.reporter : (options.reporter ?? config.reporter),
    luacov: {
      ...settings,
      scope: {
        include: isGiven("include") ? null : include,
        exclude: isGiven("exclude") ? [] : exclude,
        modules,
      },
      untested: isGiven("all") ? null : settings.untested,
    },
    configurationNotices: [...config.configurationNotices, ...noticesOf(config, found)],
  };
}

function noticesOf(
  config: Config,
  { settings: { file }, counted: keys, problems }: LuacovConfiguration,
): Notice[] {
  const name = path.relative(config.cwd, file);
  const isOver = (key: string) => {
    const own = counterparts[key];
    return own !== undefined && config.given.includes(own);
  };
  const counting = keys.filter((key) => !isOver(key));
  const over = keys.filter(isOver);
  const elsewhere =
    over.length === 0 ? "" : `; luacov-ts's own configuration or flags say otherwise of ${over.join(", ")}`;
  const notices: Notice[] = [];
  if (keys.length > 0) {
    const message = `${name} (${counted(counting.length, "key")})${counting.length === 0 ? "" : `: ${counting.join(", ")}`}${elsewhere}`;
    notices.push({ level: "information", file, message });
  }
  if (problems.length > 0) {
    notices.push({ level: "warning", file, message: `${name} counts but for: ${problems.join("; ")}` });
  }
  return notices;
}
