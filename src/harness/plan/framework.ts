/** By what a test file runs: a runner of ours, a framework that the user has installed, or nothing, as a script is its own test. */

import type { LuaVersion } from "../../source/dialect.js";
import type { Config, Program, Settings, Step, Style } from "../../types.js";
import { bustedPaths, nativePaths } from "./modules/packagePath.js";
import { bustedSettings, luaunitSettings, specSettings } from "./specSettings.js";

/** What runs a file of a style in a Lua of a version, null for the embedded one; a script needs no more than itself. */
export function stepsOf(
  style: Style,
  file: string,
  config: Config,
  seed: number,
  version: LuaVersion | null,
): Pick<Program, "steps"> {
  switch (style) {
    case "script":
      return {};
    case "spec":
      return { steps: [specStep(file, config, seed, version)] };
    case "luaunit": {
      // The file runs its tests itself, as the script that it is.
      const before = config.framework === "luaunit" ? luaunitSettings(version) : {};
      return {
        steps: [luaunit(file, "before", before), { kind: "script", file }, luaunit(file, "after", {})],
      };
    }
  }
}

/** Where the modules of a test file are, unless that is as in any embedded program. */
export function pathsOf(config: Config, version: LuaVersion | null): Partial<Program> {
  if (config.framework === "busted") {
    const { packagePath, cpath } = bustedPaths(config, version);
    return version === null ? { packagePath } : { packagePath, cpath };
  }
  return version === null ? {} : nativePaths(config, version);
}

/** What does no more than load the framework; null where that is ours. */
export function loadingStep(config: Config, version: LuaVersion): Step | null {
  const file = "";
  switch (config.framework) {
    case "luacov-ts":
      return null;
    case "busted": {
      const settings = { ...bustedSettings(config, 0, version), check: true };
      return { kind: "tests", style: "busted", file, settings };
    }
    case "luaunit":
      return luaunit(file, "before", luaunitSettings(version));
  }
}

function specStep(file: string, config: Config, seed: number, version: LuaVersion | null): Step {
  if (config.framework === "busted") {
    return { kind: "tests", style: "busted", file, settings: bustedSettings(config, seed, version) };
  }
  return { kind: "tests", style: "spec", file, settings: specSettings(config, seed, version ?? undefined) };
}

function luaunit(file: string, phase: "before" | "after", settings: Settings): Step {
  return { kind: "tests", style: "luaunit", file, settings: { phase, ...settings } };
}
