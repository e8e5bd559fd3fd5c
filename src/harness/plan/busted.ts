import path from "node:path";
import { bustedOptions, ignoredSettings, withFallbacks } from "../../config/busted.js";
import { adviceOn } from "../../config/bustedAdvice.js";
import { checkPatterns, nameMatcher } from "../../discover/namePatterns.js";
import { findDefaultTests, findInRoots, findTests, usualFolders } from "../../discover/tests.js";
import type { BustedSettings } from "../../engine/fengari/configuration/bustedFile.js";
import { unreadableConfig, unusableFile } from "../../errors.js";
import { currentFolder, isFile, isTaken, missing, realPath } from "../../files/files.js";
import type { Config, Notice } from "../../types.js";
import { type TestLines, withoutLines } from "./lines/operands.js";
import { packagePath } from "./modules/packagePath.js";
import { withProjectModules } from "./modules/projectModules.js";
import { styleOfFile } from "./style.js";

/** What is to run, and how, once busted's own configuration has been heard. */
export interface Prepared {
  readonly config: Config;
  readonly tests: readonly string[];
  /** The lines, by absolute and real path, at whose tests the operands ask for those of a file. */
  readonly lines: TestLines;
  readonly notices: readonly Notice[];
}

/**
 * The test files that patterns name, by default the usual ones, and the configuration for them: with the modules of the
 * project's rockspec, and what busted's `.busted` in the project root says, when there are specs among them or nothing is named.
 * Throws NO_TESTS, and CONFIG for a broken `.busted` and for filters that are no Lua patterns.
 */
export async function prepare(config: Config, patterns: readonly string[] | undefined): Promise<Prepared> {
  // It was there when the configuration was read.
  if (config.setup !== null && !isFile(config.setup))
    throw unusableFile("setup file", path.relative(config.cwd, config.setup), missing(config.setup));
  checkFilters(config);
  const own = await withProjectModules(config);
  const heard = await withBusted(own.config, patterns);
  const prepared = { ...heard, notices: [...own.notices, ...heard.notices] };
  if (patterns !== undefined || config.setup === null) return prepared;
  // What is set up for tests, among them, is no test, unless somebody names it.
  const setup = realPath(config.setup);
  return { ...prepared, tests: prepared.tests.filter((file) => file !== setup) };
}

async function withBusted(config: Config, patterns: readonly string[] | undefined): Promise<Prepared> {
  const cwd = currentFolder();
  const asked = patterns === undefined ? null : withoutLines(patterns, cwd);
  const named = asked === null ? findConfigured(config) : findTests(asked.files, cwd, config);
  const lines: TestLines = asked?.lines ?? new Map();
  const file = bustedFile(config);
  const isSpec = (test: string) => (config.style === "auto" ? styleOfFile(test) : config.style) === "spec";
  if (file === null || isForOthers(config, named, isSpec)) {
    return {
      config,
      tests: named ?? findUsualTests(config) ?? findDefaultTests(usualPlace(config), config),
      lines,
      notices: [],
    };
  }
  // Most projects have none, and a Lua state in this thread takes time to load.
  const engine = await import("../../engine/fengari/configuration/bustedFile.js");
  const { settings, changesMore, misplaced } = readSettings(file, config, engine);
  return {
    config: withSettings(config, settings, file, changesMore),
    tests:
      named ??
      findBustedTests({ ...settings, ...ownChoice(config) }, config.cwd, matcherFor(file, engine)) ??
      findDefaultTests(usualPlace(config), config),
    lines,
    notices: [...misplacedNotices(misplaced, file), ...notices(settings, file)],
  };
}

function withSettings(config: Config, settings: BustedSettings, file: string, changesMore: boolean): Config {
  const found = withFallbacks(config, bustedOptions(settings, file), changesMore ? file : null);
  try {
    checkFilters(found);
  } catch (cause) {
    throw unreadableConfig(file, cause);
  }
  return found;
}

/** Specs look for them in their names, and would take the blame. */
function checkFilters({ specs: { filter, filterOut } }: Config): void {
  checkPatterns([...filter, ...filterOut]);
}

/** Where tests are that nothing names: in the current folder they are those of whoever is there. */
function usualPlace({ partOf, cwd }: Config): string {
  return partOf === null ? currentFolder() : cwd;
}

/** The tests that the configuration names, below the project root; null where it names none. */
function findConfigured(config: Config): string[] | null {
  const { tests, cwd } = config;
  if (tests.length === 0) return null;
  const isNegated = (pattern: string) => pattern.startsWith("!");
  return findTests(tests.every(isNegated) ? [...usualFolders(cwd), ...tests] : tests, cwd, config);
}

/** Whether busted's configuration, which nobody has named, is there for other tests. */
function isForOthers(
  { configFile, framework }: Config,
  named: readonly string[] | null,
  isSpec: (test: string) => boolean,
): boolean {
  return configFile === null && (framework === "luaunit" || (named !== null && !named.some(isSpec)));
}

/** Where busted runs all tests, those that it finds without a configuration; null when there is no `spec`. */
function findUsualTests(config: Config): string[] | null {
  return config.framework === "busted" ? findBustedTests(ownChoice(config), config.cwd, nameMatcher) : null;
}

/** What somebody has said of test files wins over what busted's configuration says. */
function ownChoice({ pattern, excludePattern, recursive, given }: Config): BustedSettings {
  return {
    ...(given.includes("pattern") ? { pattern: [...pattern] } : {}),
    ...(given.includes("excludePattern") ? { "exclude-pattern": [...excludePattern] } : {}),
    ...(given.includes("recursive") ? { recursive: [recursive] } : {}),
  };
}

type Engine = typeof import("../../engine/fengari/configuration/bustedFile.js");
type Matcher = (patterns: readonly string[]) => (name: string) => boolean;

/** The configuration that is asked for, or the usual one; null when there is none. */
function bustedFile({ cwd, configFile, run }: Config): string | null {
  const file = path.resolve(cwd, configFile ?? ".busted");
  if (isFile(file)) return file;
  if (configFile === null && run === null) return null;
  throw unreadableConfig(file, missing(file));
}

function readSettings(file: string, { cwd, run }: Config, { readBustedFile }: Engine) {
  // Like busted, before `lpath` is known.
  const path = packagePath({ luaPath: [], cwd }, "project first");
  const read = readBustedFile(file, { task: run, root: cwd, packagePath: path });
  if (!read.ok) throw unreadableConfig(file, read.reason);
  return read;
}

/** The test files as busted finds them, by default in `spec`; null when nothing is set and that does not exist. */
function findBustedTests(settings: BustedSettings, root: string, matcher: Matcher): string[] | null {
  const texts = (key: string) => (settings[key] ?? []).map(String);
  const [roots, patterns, excluded] = [texts("ROOT"), texts("pattern"), texts("exclude-pattern")];
  const isSet = roots.length + patterns.length + excluded.length > 0;
  if (!isSet && !isTaken(path.join(root, "spec"))) return null;
  const pattern = patterns.length === 0 ? ["_spec"] : patterns;
  // To exclude by an empty text is to exclude nothing.
  const excludePattern = excluded.filter((each) => each !== "");
  const [isTest, isExcluded] = [matcher(pattern), matcher(excludePattern)];
  const accepts = (name: string) => !isExcluded(name) && isTest(name);
  const recursive = settings.recursive?.[0] !== false;
  return findInRoots(roots.length === 0 ? ["spec"] : roots, root, {
    accepts,
    recursive,
    pattern,
    excludePattern,
  });
}

/** Says whether one of the Lua patterns is found in a name. */
function matcherFor(file: string, { luaMatcher }: Engine): Matcher {
  return (patterns) => {
    const finds = luaMatcher(patterns);
    return (name) => {
      try {
        return finds(name);
      } catch (cause) {
        throw unreadableConfig(file, cause);
      }
    };
  };
}

/** busted does not mind such a task. */
function misplacedNotices(misplaced: string | null, file: string): Notice[] {
  if (misplaced === null) return [];
  return [
    { level: "warning", file, message: `In ${file}, ${misplaced}, not a table, and counts as nothing` },
  ];
}

function notices(settings: BustedSettings, file: string): Notice[] {
  const ignored = ignoredSettings(settings).sort();
  const unknown = ignored.filter((key) => adviceOn(key) === null).map((key) => `"${key}"`);
  const messages = ignored.flatMap((key) => {
    const advice = adviceOn(key);
    return advice === null ? [] : [`"${key}", which does nothing here: ${advice}`];
  });
  if (unknown.length > 0) messages.push(`${unknown.join(", ")}, which luacov-ts does not know`);
  return messages.map((message) => ({ level: "warning", file, message: `${file} sets ${message}` }));
}
