-- Has a debugger told of the error that ends the script of `lua script.lua`. The interpreter calls the script in C with a message handler
-- that is in C as well, and among its temporary values while the script runs: as that is called, the handler gets one of ours in its place,
-- which says what it would have said, so that nothing of ours is on the script's stack. `loading` gives chunks of files, as
-- agent/loading/script wants it.
local loading, hits = ...
local getinfo, getlocal, setlocal = debug.getinfo, debug.getlocal, debug.setlocal
local find, getmetatable, loadfile, pcall, tostring, type = string.find, debug.getmetatable, loadfile, pcall, tostring, type
local jit = jit

-- What the interpreter says of it with a traceback; nil for what has none.
local function textOf(thrown)
  if type(thrown) == "string" or type(thrown) == "number" then return tostring(thrown) end
  local hasText = (getmetatable(thrown) or {}).__tostring ~= nil
  if jit and hasText then
    local ok, text = pcall(tostring, thrown)
    return ok and text or nil
  end
  return not hasText and find(_VERSION, "5%.[3-9]") and "(error object is a " .. type(thrown) .. " value)" or nil
end

-- `own` is the interpreter's handler.
local function handlerFor(own)
  return function(thrown)
    hits.debugger.failed(thrown, 2)
    local text = textOf(thrown)
    if not text then return own(thrown) end
    text = hits.debugger.traceback(text, 2)
    return text
  end
end

-- At a level of the caller, where the interpreter calls the script: puts a handler in the place of its own one.
local function watch(level)
  local last, own
  for index = 1, 250 do
    local name, value = getlocal(level + 1, index)
    if not name then break end
    if type(value) == "function" and getinfo(value, "S").what == "C" then last, own = index, value end
  end
  if last then setlocal(level + 1, last, handlerFor(own)) end
end

-- A chunk is where the interpreter will call it.
local function placed(chunk)
  local hooks, client = hits.hooks(), { mask = "c", catches = true }
  function client.call(_, _, level)
    level = level or 2
    if getinfo(level, "f").func ~= chunk then return end
    hooks.remove(client)
    watch(level + 1)
  end
  hooks.add(client)
end

-- What the runner of tests does not catch, it tells itself.
local function fromFile(name)
  if "@" .. name == hits.runner then return nil end
  return loading.fromFile(name) or loadfile(name)
end

return { fromFile = fromFile, missed = loading.missed, placed = placed }
