import { readFileSync } from "node:fs";
import path from "node:path";
import { currentFolder, isFile, listFolder, realPath, statsOf } from "../../files/files.js";
import { decodeName } from "../../files/names.js";
import type { Config } from "../../types.js";
import { createFingerprints, digestOfBytes } from "./fingerprint.js";
import type { Conditions } from "./record.js";

/** A Lua that tests run in: its name, and of one of the user's the command that runs it. */
export interface LuaInUse {
  readonly name: string;
  readonly version: string;
  readonly command?: readonly string[];
}

/** Options that change which tests there are, how they are told of, or what becomes of coverage, and no result of a test file. */
// biome-ignore format: a table
const irrelevant: ReadonlySet<string> = new Set<keyof Config>([
  "cwd", "rootFrom", "given", "partOf", "projects", "tests", "pattern", "excludePattern", "recursive", "passWithNoTests",
  "reporter", "baseCoverage", "stats", "reportDir", "open", "tempDir", "clean", "checkCoverage", "thresholds", "globThresholds",
  "perFile", "since", "changeThresholds", "autoUpdate", "thresholdsFrom", "watermarks", "sourceMap", "skipFull", "skipEmpty",
  "jobs", "bail", "shard", "testRecord", "testReporter", "shuffleFiles", "configurationNotices", "byTest", "debug", "lua", "luaFrom",
  "profile", "profileMode", "perTest", "profileReporter", "profileBy", "profileSort", "profileLimit",
]);

/** What the results of all test files depend on, besides what these load and read. `luas` has null for fengari. */
export function conditionsOf(
  config: Config,
  args: readonly string[],
  luas: readonly (LuaInUse | null)[],
): Conditions {
  const options = Object.entries(config).filter(([key]) => !irrelevant.has(key));
  const seed = config.shuffleTests ? config.seed : null;
  const all = {
    "the version of luacov-ts": versions(),
    Node: [process.version, process.platform, process.arch],
    "the Lua": luas.map((lua) => (lua === null ? "fengari" : describedLua(lua))),
    "the configuration": [...options.filter(([key]) => key !== "seed"), seed, configurationFiles(config)],
    "the arguments of tests": args,
    "the folder in which they run": path.relative(config.cwd, currentFolder()),
    "a variable that Lua itself reads": variablesOfLua(),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      digestOf(JSON.stringify(value).replaceAll(config.cwd, ".")),
    ]),
  );
}

/** What of the conditions is another one now, in words. */
export function changedConditions(before: Conditions, now: Conditions): string[] {
  return Object.keys(now).filter((name) => before[name] !== now[name]);
}

export function digestOf(text: string): string {
  return digestOfBytes(Buffer.from(text));
}

/** Of ours, and of what brings the embedded Luas. */
function versions(): unknown {
  const { version, dependencies } = JSON.parse(
    readFileSync(new URL("../../../package.json", import.meta.url), "utf8"),
  );
  return [version, dependencies];
}

function describedLua({ name, version, command }: LuaInUse): unknown {
  const file = programOf(command?.[0]);
  const stats = file === null ? null : statsOf(file);
  return [name, version, command, file, stats === null ? null : [stats.size, Math.floor(stats.mtimeMs)]];
}

function programOf(word: string | undefined): string | null {
  if (word === undefined) return null;
  const folders = word.includes("/") ? ["."] : (process.env.PATH ?? "").split(path.delimiter);
  const found = folders.map((folder) => path.resolve(folder, word)).find(isFile);
  return found === undefined ? null : realPath(found);
}

/** Files that say how tests run, which a program may also read again. */
function configurationFiles({ cwd, configFile }: Config): unknown {
  const prints = createFingerprints();
  const rockspecs = listFolder(cwd)
    .map((entry) => decodeName(entry.name))
    .filter((name) => name.endsWith(".rockspec"));
  const names = [configFile ?? ".busted", ".luacov", ...rockspecs.sort()];
  return names.map((name) => [name, prints.of(path.resolve(cwd, name))]);
}

function variablesOfLua(): unknown {
  const names = Object.keys(process.env).filter((name) =>
    /^(?:LUA_|LUAJIT|LC_|LANG$|TZ$|TERMINFO$)/.test(name),
  );
  return names.sort().map((name) => [name, process.env[name]]);
}
