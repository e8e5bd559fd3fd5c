import path from "node:path";
import { unusableFile } from "../../errors.js";
import { currentFolder, isFile, isTaken, missing, realPath } from "../../files/files.js";
import type { LuaVersion } from "../../source/dialect.js";
import type { Config, Settings } from "../../types.js";
import {
  bustedPaths,
  distributionTemplates,
  packagePath,
  specPath,
  specTemplates,
  userRocks,
} from "./modules/packagePath.js";

/** What the spec runner (src/lua/spec.lua) gets: the options of specs, and where its random order starts. */
export function specSettings(
  { cwd, luaPath, specs, shuffleTests, configFile }: Config,
  seed: number,
  version?: LuaVersion,
): Settings {
  const prelude = specs.prelude === null ? null : path.relative(currentFolder(), specs.prelude);
  const helper = specs.helper === null ? null : helperPath(specs.helper, cwd);
  // Results must not depend on whether a machine happens to have luassert installed.
  const aheadOf = distributionTemplates(version);
  return {
    ...specs,
    prelude,
    pathAhead: prelude === null ? null : specPath({ luaPath, cwd }),
    helper,
    shuffle: shuffleTests,
    seed,
    aheadOf,
    byBusted: isFile(path.resolve(cwd, configFile ?? ".busted")),
  };
}

/** What the runner by an installed busted (src/lua/busted.lua) gets besides: all modules are those that are installed. */
export function bustedSettings(config: Config, seed: number, version: LuaVersion | null): Settings {
  const settings = specSettings(config, seed);
  const { pathAhead } = bustedPaths(config, version);
  return { ...settings, aheadOf: null, pathAhead, ...userRocks(version ?? "5.3") };
}

/** What the runner of LuaUnit's suites (src/lua/luaunit.lua) gets where it is to load the LuaUnit that is installed. */
export function luaunitSettings(version: LuaVersion | null): Settings {
  return { installed: true, ...userRocks(version ?? "5.3") };
}

/** The file that the helper is, by its real path; null for none, and for one that is not there. */
export function helperFile(config: Config): string | null {
  const { helper } = config.specs;
  if (helper === null) return null;
  const templates = `${packagePath(config, "project first")};${specTemplates.join(";")}`.split(";");
  const asModule = templates.map((template) => template.replaceAll("?", helper.replaceAll(".", path.sep)));
  const found = [path.resolve(config.cwd, helper), ...asModule].find(isFile);
  return found === undefined ? null : realPath(found);
}

/** A file is looked for in the project root; anything else is the name of a module. */
function helperPath(helper: string, root: string): string {
  const file = path.resolve(root, helper);
  if (helper.endsWith(".lua") && isTaken(file) && !isFile(file))
    throw unusableFile("helper", helper, missing(file));
  return helper.endsWith(".lua") && isFile(file) ? path.relative(currentFolder(), file) : helper;
}
