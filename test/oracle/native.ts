import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { TestContext } from "vitest";

/** Both Luas look for modules here, and nowhere for modules in C, which only one of them could load. */
export const packagePath = ["5.3", "5.1"]
  .flatMap((version) => [`/usr/share/lua/${version}/?.lua`, `/usr/share/lua/${version}/?/init.lua`])
  .join(";");

/** Runs a program in the system's Lua after one of the Lua files here. */
export function runNative(
  init: string,
  program: string,
  environment: Readonly<Record<string, string>>,
): void {
  const lua = { LUA_INIT: `@${path.join(import.meta.dirname, init)}`, LUA_PATH: packagePath, LUA_CPATH: "" };
  const { LUA_PATH_5_3: _path, LUA_CPATH_5_3: _cpath, LUA_INIT_5_3: _init, ...inherited } = process.env;
  execFileSync("lua5.3", [program], {
    env: { ...inherited, ...lua, ...environment },
    encoding: "utf8",
    stdio: "pipe",
  });
}

/** Without the system's Lua, or a file of Debian's packages, a test is skipped; in CI it fails. */
export function needs(context: TestContext, ...files: readonly string[]): void {
  const missing = files.filter((file) => !existsSync(file));
  if (spawnSync("lua5.3", ["-v"]).error !== undefined) missing.unshift("lua5.3");
  if (missing.length === 0) return;
  const reason = `not installed: ${missing.join(", ")}; .ci/run has the list of packages`;
  if (process.env.CI === "true") throw new Error(reason);
  context.skip(reason);
}

/** The Lua files below a folder, by their real path: Debian's folders for several versions are links to one. */
export function luaFiles(folder: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const visit = (name: string): void => {
    if (statSync(name).isDirectory())
      for (const entry of readdirSync(name).sort()) visit(path.join(name, entry));
    else if (name.endsWith(".lua")) {
      const real = realpathSync(name);
      found.set(real, [...(found.get(real) ?? []), name]);
    }
  };
  if (existsSync(folder)) visit(folder);
  return found;
}

/** The name without links of a file, if there is one. */
export function realName(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}
