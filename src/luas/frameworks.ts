/** Whether the framework by which tests are to run is there, before any of them runs. */

import { runQuietly } from "../engine/native/jobs/quietRun.js";
import type { NativeLua } from "../engine/native/nativeLua.js";
import type { WasmVersion } from "../engine/wasm/package/versions.js";
import { missingFramework, unusableFramework } from "../errors.js";
import { isFile } from "../files/files.js";
import { loadingStep, pathsOf } from "../harness/plan/framework.js";
import {
  bustedPaths,
  folderVersion,
  nativePaths,
  ownTemplates,
  packagePath,
  userRocks,
} from "../harness/plan/modules/packagePath.js";
import type { Config, Exit } from "../types.js";
import type { FoundLua } from "./luas.js";

/** What of each framework is loaded first. */
const modules = { busted: "busted.core", luaunit: "luaunit" } as const;

/** Throws CONFIG where one of the Luas, null for the embedded one, has not what the configuration wants. */
export async function checkFramework(config: Config, luas: readonly (FoundLua | null)[]): Promise<void> {
  const { framework } = config;
  if (framework === "luacov-ts") return;
  await Promise.all(
    luas.map((lua) =>
      lua?.kind === "native"
        ? checkNative(config, modules[framework], lua)
        : checkEmbedded(config, modules[framework], lua?.version ?? null),
    ),
  );
}

async function checkNative(config: Config, module: string, lua: NativeLua): Promise<void> {
  const step = loadingStep(config, lua.version);
  if (step === null) return;
  const paths = { packagePath: "", ...pathsOf(config, lua.version) };
  const exit = await runQuietly(lua, { file: module, steps: [step], ...paths });
  if (exit.kind === "returned") return;
  const [name, version] = [`"${lua.name}"`, folderVersion(lua.version)];
  const problem = problemOf(exit);
  const [first = ""] = problem.split("\n");
  if (!first.includes(`module '${module}' not found`)) {
    throw unusableFramework(config.framework, name, version, first);
  }
  const looked = Array.from(problem.matchAll(/no file '(.*)'/g), ([, file]) => file ?? "");
  throw missingFramework(config.framework, name, version, foldersOf(looked, module));
}

/** What was raised, without a place of ours. */
function problemOf(exit: Exit): string {
  if (exit.kind === "failed") return exit.message.replace(/^\[C\]:\d+: /, "");
  return exit.kind === "exited" ? `loading it ends Lua with exit code ${exit.code}` : `it ${exit.kind}`;
}

/** Libraries in C that it needs, embedded Luas have themselves; for the rest, its tests say what is wrong. */
function checkEmbedded(config: Config, module: string, version: WasmVersion | null): void {
  const known = version ?? "5.3";
  const { packagePath: first, pathAhead } = embeddedPaths(config, version);
  const own = version === null ? [] : ownTemplates(version);
  const templates = [first, pathAhead, userRocks(known).pathBehind, ...own].join(";").split(";");
  const files = templates.map((template) => template.replaceAll("?", module.replaceAll(".", "/")));
  if (files.some((file) => isFile(file))) return;
  const name = version === null ? "the embedded Lua" : `the embedded Lua ${version}`;
  throw missingFramework(config.framework, name, known, foldersOf(files, module));
}

function embeddedPaths(
  config: Config,
  version: WasmVersion | null,
): { readonly packagePath: string; readonly pathAhead: string } {
  if (config.framework === "busted") return bustedPaths(config, version);
  const path =
    version === null ? packagePath(config, "project first") : nativePaths(config, version).packagePath;
  return { packagePath: path, pathAhead: "" };
}

/** The folders that files of a module would be in. */
function foldersOf(files: readonly string[], module: string): string[] {
  const name = module.replaceAll(".", "/");
  const ends = [`/${name}.lua`, `/${name}/init.lua`];
  const folders = files.flatMap((file) => {
    const end = ends.find((each) => file.endsWith(each));
    return end === undefined ? [] : [file.slice(0, -end.length)];
  });
  return [...new Set(folders)].filter((folder) => !folder.endsWith(name));
}
