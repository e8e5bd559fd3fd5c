import path from "node:path";
import { currentFolder } from "../../files/files.js";
import type { Config } from "../../types.js";

/** Where Lua 5.3 looks on Unix (luaconf.h); on machines without Lua there is just nothing there. */
const localTemplates = ["/usr/local/share/lua/5.3/?.lua", "/usr/local/share/lua/5.3/?/init.lua"] as const;

/** What the system's own packages have installed; a project that relies on it says so by its path. */
export const distributionTemplates = ["/usr/share/lua/5.3/?.lua", "/usr/share/lua/5.3/?/init.lua"] as const;

const rootTemplates = ["./?.lua", "./?/init.lua"] as const;

/** Where busted looks first. */
export const specTemplates = ["./src/?.lua", "./src/?/?.lua", "./src/?/init.lua"] as const;

/**
 * The value of package.path: the option `lua-path`, then LUA_PATH_5_3 or LUA_PATH, then the project root, then
 * Lua's own folders. The project comes before installed copies of it, unlike in Lua's default path.
 */
export function packagePath(config: Pick<Config, "luaPath" | "cwd">): string {
  const configured = config.luaPath.flatMap(split).map((template) => fromRoot(template, config.cwd));
  const environment = split(process.env.LUA_PATH_5_3 ?? process.env.LUA_PATH ?? "");
  const root = rootTemplates.map((template) => fromRoot(template, config.cwd));
  return [...configured, ...environment, ...root, ...localTemplates, ...distributionTemplates].join(";");
}

/** An empty template, as in ";;", stands for the default path, which is always there. */
function split(templates: string): string[] {
  return templates.split(";").filter((template) => template !== "");
}

/** Lua resolves a relative template against the current folder, which need not be the root. */
function fromRoot(template: string, root: string): string {
  return path.isAbsolute(template) || root === currentFolder() ? template : path.join(root, template);
}
