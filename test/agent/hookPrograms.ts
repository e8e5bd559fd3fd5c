/** Programs with hooks of their own; each prints what they have heard. `load` and the like are ours where something is measured. */
export interface HookProgram {
  readonly name: string;
  readonly text: string;
  /**
   * What 5.1 has otherwise: it shows one level of the stack more where we listen, too, and functions of ours that load where we
   * do not.
   */
  readonly needs?: "levels" | "functions that load";
}

const prelude = `if jit then jit.off() end
local heard = {}
local sethook, gethook = debug.sethook, debug.gethook
local function hear(event, line) heard[#heard + 1] = event .. (line and " " .. line or "") end
local function show(...)
  print(table.concat(heard, ", "))
  print(...)
  heard = {}
end
local compile = loadstring or load
local function f(n) return n + 1 end
local function tail(n) return f(n) end
`;

const programs: readonly HookProgram[] = [
  { name: "lines", text: 'sethook(hear, "l")\nf(1)\nlocal x = tail(2)\nsethook()\nshow(gethook())' },
  { name: "calls and returns", text: 'sethook(hear, "cr")\nf(1)\ntail(2)\nsethook()\nshow(gethook())' },
  { name: "all of them", text: 'sethook(hear, "crl")\nf(1)\npcall(error)\nsethook()\nshow(gethook())' },
  {
    name: "a coroutine's after one's own",
    text: `sethook(hear, "l")
local co = coroutine.create(function()
  return 1
end)
sethook(co, hear, "l")
f(1)
coroutine.resume(co)
f(2)
sethook()
sethook(co)
show(gethook())`,
  },
  {
    name: "functions that load",
    needs: "functions that load",
    text: `local function reader() return nil end
sethook(hear, "l")
compile "return 1"
load(reader)
loadfile "nowhere.lua"
pcall(dofile, "nowhere.lua")
pcall(require, "nowhere")
sethook()
show()`,
  },
  {
    name: "what is in a source",
    needs: "functions that load",
    text: 'sethook(hear, "l")\ncompile("local x = 1\\nreturn x", "=text")()\nsethook()\nshow()',
  },
  {
    name: "levels in a hook",
    needs: "levels",
    text: `sethook(function(event, line)
  local info = debug.getinfo(2, "nSl")
  hear(event .. " " .. info.short_src .. " " .. tostring(info.name) .. " " .. info.currentline, line)
end, "l")
f(1)
local x = tail(2)
sethook()
show(debug.getinfo(1, "l").currentline)`,
  },
  {
    name: "setting, nesting, removing and restoring",
    text: `local function other(event) hear("other " .. event) end
sethook(hear, "l")
local saved, mask, count = gethook()
sethook(other, "l")
f(1)
sethook(saved, mask, count)
f(2)
show(saved == hear, mask, count, gethook() == hear)
sethook()
f(3)
show(gethook())`,
  },
  {
    name: "a hook that removes and replaces itself",
    text: `local times = 0
sethook(function(event, line)
  times = times + 1
  if times == 2 then sethook(hear, "l") end
end, "l")
f(1)
f(2)
sethook()
show(times)`,
  },
  {
    name: "three coroutines",
    text: `local function body()
  f(1)
  coroutine.yield()
  f(2)
end
local one, two, three = coroutine.create(body), coroutine.create(body), coroutine.wrap(body)
if not jit then sethook(one, function(event, line) hear("one " .. event, line) end, "l") end
coroutine.resume(one)
coroutine.resume(two)
three()
show(jit ~= nil or gethook(one) ~= nil, gethook(two), gethook())
if not jit then sethook(two, function(event, line) hear("two " .. event, line) end, "l") sethook(one) end
coroutine.resume(one)
coroutine.resume(two)
three()
show(coroutine.status(one), coroutine.status(two))`,
  },
  {
    name: "a coroutine that was made under a hook",
    text: `sethook(hear, "crl", 7000)
local thread = coroutine.create(function() f(1) end)
local fn, mask, count = gethook(thread)
coroutine.resume(thread)
sethook()
show(jit ~= nil or fn, mask, count)`,
  },
  {
    name: "an error in a hook",
    text: `print(pcall(function()
  sethook(function() sethook() error("from the hook") end, "l")
  local y = 1
end))
show(gethook())`,
  },
  {
    name: "what gethook tells",
    text: `for _, mask in ipairs { "", "c", "lr", "xlrc", "lll" } do
  for _, count in ipairs { 0, 3000, -1 } do
    sethook(hear, mask, count)
    local fn, letters, number = gethook()
    sethook()
    print(mask, count, fn == hear, letters, number)
  end
end
show(select("#", gethook()), gethook())`,
  },
  {
    name: "wrong arguments",
    text: `local thread = coroutine.create(f)
for _, given in ipairs { { f }, { 1, "l" }, { f, {} }, { f, "l", {} }, { f, "l", "x" }, { thread, f }, { thread, 1, "l" } } do
  print(pcall(sethook, (table.unpack or unpack)(given)))
  print(pcall(function() debug.sethook((table.unpack or unpack)(given)) end))
end
sethook(nil, "l")
sethook(thread)
show(gethook())`,
  },
  {
    name: "an end of time that a program sets itself",
    text: `local function within(count, action)
  sethook(function() error("too long", 0) end, "", count)
  local ok, message = pcall(action)
  sethook()
  return ok, message
end
-- Whatever the length of a round is with what is ours, one of these would be a multiple of it.
for n = 2960, 3040 do assert(select(2, within(n, function() while true do end end)) == "too long") end
show(within(1e6, function() return 1 end))`,
  },
];

export const hookPrograms: readonly HookProgram[] = programs.map((program) => ({
  ...program,
  text: `${prelude}${program.text}\n`,
}));
