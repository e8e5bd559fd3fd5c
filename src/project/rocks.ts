/** What installs a module that is not in the project. */

import { folderVersion } from "../harness/plan/modules/packagePath.js";
import type { LuaVersion } from "../source/dialect.js";
import type { Declared } from "./read/declared.js";

/** Rocks that are called otherwise than their modules. */
const others: Readonly<Record<string, string>> = { pl: "penlight", socket: "luasocket", mime: "luasocket" };

/** The command of LuaRocks that puts a module into the project; null where nobody says which rock has it. */
export function rockCommand(
  module: string,
  version: LuaVersion,
  { rocks, modules }: Declared,
): string | null {
  const luarocks = `luarocks --lua-version ${folderVersion(version)}`;
  if (Object.hasOwn(modules, module)) return `${luarocks} make --tree lua_modules`;
  const [top = module] = module.split(".");
  const known = others[top] ?? (top === "luaunit" ? top : undefined);
  const rock = rocks.find((each) => each === known || plain(each) === plain(top)) ?? known;
  return rock === undefined ? null : `${luarocks} install --tree lua_modules ${rock}`;
}

/** `lua-cjson` has `cjson`. */
function plain(rock: string): string {
  return rock.toLowerCase().replace(/^lua-?|[-_.]?lua$/g, "");
}
