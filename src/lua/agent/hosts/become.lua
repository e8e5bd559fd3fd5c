-- Makes one chunk of LuaJIT run another one's code: what a host holds already can be reached in no other way. Where the
-- code begins is a word of a function's object, of which nothing is taken for granted.
local getinfo, getfenv, format, type = debug.getinfo, getfenv, string.format, type
local pcall, tonumber = pcall, tonumber

local kind, ofLua, code = 9, 10, 4

local function objectOf(ffi, fn)
  local address = tonumber(format("%p", fn))
  return ffi.cast("uint8_t *", address), ffi.cast("uint64_t *", address)
end

local function isAsKnown(ffi, fn)
  local bytes, words = objectOf(ffi, fn)
  return bytes[kind] == 8 and bytes[ofLua] == 0 and bytes[11] == getinfo(fn, "u").nups
    and words[2] == tonumber(format("%p", getfenv(fn)))
end

local function twin(value)
  return function() return value end
end

local function other(value)
  return function() return value, value end
end

-- Two functions of one text have the same code, another has another one.
local function isWord(ffi)
  local _, one = objectOf(ffi, twin)
  local first, second, third = twin(1), twin(2), other(1)
  if not (isAsKnown(ffi, first) and isAsKnown(ffi, second) and isAsKnown(ffi, third)) then return false end
  local _, a = objectOf(ffi, first)
  local _, b = objectOf(ffi, second)
  local _, c = objectOf(ffi, third)
  return a[code] == b[code] and a[code] ~= c[code] and a[code] ~= one[code]
end

-- What gave its code stays, since that is kept alive by it.
local kept = {}

local function become(chunk, copy)
  local ffi = require "ffi"
  if not ffi.abi "gc64" or not isWord(ffi) then return false end
  if not isAsKnown(ffi, chunk) or not isAsKnown(ffi, copy) then return false end
  if getinfo(chunk, "u").nups ~= 0 or getinfo(copy, "u").nups ~= 0 then return false end
  local _, own = objectOf(ffi, chunk)
  local _, its = objectOf(ffi, copy)
  own[code] = its[code]
  kept[copy] = true
  return true
end

return function(chunk, copy)
  local ok, done = pcall(become, chunk, copy)
  return ok and done
end
