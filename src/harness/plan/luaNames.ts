import type { Config } from "../../types.js";

/** What the embedded Lua is called where there is a choice. */
const embeddedName = "fengari";

/** The Luas that tests run in, as results name them: null for the embedded one, which no choice stands for, too. */
export function luaNames({ lua }: Pick<Config, "lua">): readonly (string | null)[] {
  return lua.length === 0 ? [null] : lua.map((name) => (name === embeddedName ? null : name));
}
