-- What takes the place of `dofile`: a chunk that it runs has `dofile` above it, which has no line.
local hits, refusal, here, newLoadfile, fromFile = ...
local upvaluejoin, getinfo, ipairs, next = debug.upvaluejoin, debug.getinfo, ipairs, next
local find, gsub, rep, sub = string.find, string.gsub, string.rep, string.sub
local dofile, dump, error, load, pcall, type = dofile, string.dump, error, load, pcall, type
local isFirst, jit = not rawlen and not jit, jit

local function refuseName(name, ...)
  local kind = type(name)
  if kind == "string" or kind == "number" or kind == "nil" then return nil end
  local _, message = pcall(dofile, name, ...)
  return message
end

local function chunkFor(name)
  local chunk, message = newLoadfile(name)
  if not chunk then error(message, 0) end
  return chunk
end

local function through(...)
  return ...
end

-- 5.1 has a level of its own for a tail call.
local function dofileByTail(...)
  local message = refuseName(...)
  if message then error(refusal(message, "dofile"), 2) end
  return chunkFor((...))()
end

-- In LuaJIT the function of C itself takes the place of its caller, and the chunk that of a short file.
local pending

function hits.pending()
  local chunk = pending
  pending = nil
  return chunk
end

local function dofileByFile(...)
  local message = refuseName(...)
  if message then error(refusal(message, "dofile"), 2) end
  local name = ...
  pending = type(name) == "string" and fromFile(name)
  if not pending then return dofile(...) end
  return dofile(here .. "loading/dofile.lua")
end

-- Elsewhere it is a function of Lua all of whose instructions are in line 0, which is how Lua says that it knows of none.
local function refuse(...)
  local message = refuseName(...)
  if message then error(refusal(message, "dofile", 3), 3) end
end

local oneLine = "local refuse, chunkFor, through = ... return function(...) refuse(...) return through(chunkFor((...))()) end"

-- From 5.4 on bytecode has the lines in which a function begins and ends, and how far each instruction is from the one
-- before; in 5.5 they come first, in 5.4 behind the name. In 5.2 and 5.3 it has a number for each instruction.
local function inLineZero(code)
  if find(_VERSION, "5.5", 1, true) then return (gsub(code, "\1\1%z", "\0\0\0", 1)) end
  local other, count = gsub(code, "\131=%?\129\129", "\131=?\128\128")
  if count > 0 then return other end
  for size = 100, 5, -1 do
    for _, number in ipairs { "\1\0\0\0", "\0\0\0\1" } do
      local first, last = find(code, rep(number, size), 1, true)
      if first then return sub(code, 1, first - 1) .. rep("\0", size * 4) .. sub(code, last + 1) end
    end
  end
  return code
end

local function isInLineZero(fn)
  for line in next, getinfo(fn, "L").activelines do
    if line ~= 0 then return false end
  end
  return true
end

local function dofileByCall()
  local fn = load(oneLine, "=?")(refuse, chunkFor, through)
  local copy = load(inLineZero(dump(fn)), "=?", "b")
  if not copy or not isInLineZero(copy) then return dofileByTail end
  for index = 1, 3 do upvaluejoin(copy, index, fn, index) end
  return copy
end

if isFirst then return dofileByTail end
return jit and dofileByFile or dofileByCall()
