import { spawnSync } from "node:child_process";
import path from "node:path";
import { readContent } from "../../src/files/files.js";
import { type ToolName, toolPath } from "../support/tools.js";

/** Counts the lines of what a program loads as LuaCov's hook does, and writes them as its stats file has them. */
const counter = `local counts, names = {}, {}
local function count(_, line)
  local name = string.match(debug.getinfo(2, "S").source, "^@(.*)")
  if not name or name == "counter.lua" then return end
  if not counts[name] then
    counts[name] = { max = 0 }
    names[#names + 1] = name
  end
  local file = counts[name]
  file[line] = (file[line] or 0) + 1
  file.max = math.max(file.max, line)
end
if not jit then
  local create, wrap, resume = coroutine.create, coroutine.wrap, coroutine.resume
  local function hooked(...)
    local co = create(...)
    debug.sethook(co, count, "l")
    return co
  end
  local function results(ok, ...)
    if ok then return ... end
    error(..., 0)
  end
  coroutine.create = hooked
  coroutine.wrap = function(...)
    local co = hooked(...)
    return function(...) return results(resume(co, ...)) end
  end
end
local main = loadfile(arg[1])
debug.sethook(count, "l")
main()
debug.sethook()
table.sort(names)
local output = io.open("luacov.stats.out", "wb")
for _, name in ipairs(names) do
  local file = counts[name]
  output:write(file.max, ":", (name:gsub("^%./", "")), "\\n")
  for line = 1, file.max do output:write(file[line] or 0, " ") end
  output:write("\\n")
end
output:close()
`;

/** Files of a project with what counts its lines. */
export function withCounter(files: Readonly<Record<string, string>>): Record<string, string> {
  return { ...files, "counter.lua": counter };
}

/** Runs `main.lua` in such a folder, and returns the stats file. */
export function countLines(folder: string, lua: ToolName): Buffer {
  const env = { ...process.env, LUA_INIT: undefined, PWD: folder };
  const { stderr, status } = spawnSync(toolPath(lua), ["counter.lua", "main.lua"], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  if (status !== 0) throw new Error(stderr);
  return readContent(path.join(folder, "luacov.stats.out"));
}
