-- Makes one chunk of LuaJIT run another one's code: what a host holds already can be reached in no other way. Where the
-- code begins is a word of a function's object, of which nothing is taken for granted.
local getinfo, getfenv, format = debug.getinfo, getfenv, string.format
local pcall, require, tonumber = pcall, require, tonumber

-- Bytes: the kind of object, which library function it is, how many upvalues it has. Words: its environment, its code.
local kind, library, upvalues = 9, 10, 11
local environment, code = 2, 4

local function objectOf(ffi, fn)
  local address = tonumber(format("%p", fn))
  return ffi.cast("uint8_t *", address), ffi.cast("uint64_t *", address)
end

local function isAsKnown(ffi, fn)
  local bytes, words = objectOf(ffi, fn)
  return bytes[kind] == 8 and bytes[library] == 0 and bytes[upvalues] == getinfo(fn, "u").nups
    and words[environment] == tonumber(format("%p", getfenv(fn)))
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

local function isPossible(chunk)
  local ffi = require "ffi"
  return ffi.abi "gc64" and isWord(ffi) and isAsKnown(ffi, chunk) and getinfo(chunk, "u").nups == 0
end

local become = {}

-- Whether this is known of a chunk. Asked before there is a copy, whose counters would count as what ran.
function become.isPossible(chunk)
  local ok, is = pcall(isPossible, chunk)
  return ok and is
end

function become.exchange(chunk, copy)
  local ffi = require "ffi"
  local _, own = objectOf(ffi, chunk)
  local _, its = objectOf(ffi, copy)
  own[code] = its[code]
  kept[copy] = true
end

return become
