import { fileURLToPath } from "node:url";

// What surrounds the tests is the same for everybody: neither the settings of a person's Lua, terminal, language or
// CI, nor the time zone of a machine. A test that needs one of them sets it.
const personal =
  /^(LUA_|LUACOV|LUAUNIT_(?!SUITE)|LC_|LANG|GITHUB_|CLICOLOR|FORCE_COLOR$|NO_COLOR$|COLUMNS$|LINES$|TERM$)/;
const ours = new Set(["LUA_SUITES", "LUA_FILES"]);

for (const name of Object.keys(process.env)) {
  if (personal.test(name) && !ours.has(name)) delete process.env[name];
}
const cache = fileURLToPath(new URL("../../node_modules/.cache/tests", import.meta.url));
Object.assign(process.env, { LC_ALL: "C", TZ: "UTC", XDG_CACHE_HOME: cache });
