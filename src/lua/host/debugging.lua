-- The debugger of a program in the embedded Lua. `channel` is that of debug/start, with what gives the main function of a file of ours,
-- `chunk`. The hook of Lua's that it needs is shared with the program, as in native Luas.

local host, channel = ...

local gsub, rawset, string = gsub, rawset, globals.string
local chunk = channel.chunk
local hits = { standIns = {}, replaced = {}, doubt = function() end }

-- What a function of C says of its arguments, by the name by which the caller of this was called.
local function refusal(message, own)
  local name = debug.getinfo(2, "n").name or own
  return globals.type(message) == "string" and gsub(message, "'%?'", "'" .. name .. "'", 1) or message
end

-- Our chunks are named as C is.
local function hookChunk(file)
  return chunk((gsub(file, "^%[C%]/(.*)%.lua$", "%1")))
end

chunk "agent/hooks/debugging"(hits, refusal, "[C]/agent/", hookChunk, false)

local function part(name, ...)
  return hits.within(chunk("debug/" .. name))(...)
end

local debugger = part("start", part, channel, {
  hooks = hits.hooks, noteCoroutines = hits.noteCoroutines, ours = hits.ours(), standIns = hits.standIns, main = hits.main,
  libraryName = chunk "agent/libraries"().nameOf,
})
host.debugger = debugger

-- What functions with breakpoints call as they begin.
rawset(string, "luacov_ts", function(what)
  if what == "entered" then return debugger.entered end
end)

return debugger
