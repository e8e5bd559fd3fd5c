import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { startLua53 } from "../support/lua53.js";
import { oracleModules } from "../support/tools.js";

/** Both Luas look for modules here, and nowhere for modules in C, which only one of them could load. */
export const packagePath = ["5.3", "5.1"]
  .flatMap((version) => [`/usr/share/lua/${version}/?.lua`, `/usr/share/lua/${version}/?/init.lua`])
  .join(";");

/** Runs a program in the system's Lua. */
export function runNative(program: string, environment: Readonly<Record<string, string | undefined>>): void {
  const lua = { LUA_PATH: packagePath, LUA_CPATH: "" };
  const { status, stderr } = startLua53([program], { environment: { ...lua, ...environment } });
  if (status !== 0) throw new Error(`lua5.3 ${program}: ${stderr}`);
}

/** What the oracle measures of a machine: the files of the packages that it knows, for each version of Lua. */
export function oracleFiles(): Map<string, string[]> {
  const folders = ["5.1", "5.2", "5.3", "5.4"].map((version) => path.join("/usr/share/lua", version));
  const names = folders.flatMap((folder) =>
    oracleModules.flatMap((module) => [module, `${module}.lua`].map((name) => path.join(folder, name))),
  );
  return joined(names.map(luaFiles));
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

function joined(maps: readonly ReadonlyMap<string, string[]>[]): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [real, names] of maps.flatMap((each) => [...each])) {
    all.set(real, [...(all.get(real) ?? []), ...names]);
  }
  return all;
}

/** The name without links of a file, if there is one. */
export function realName(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}
