-- Bytecode of functions with probes: what a program gets from `string.dump` has none, and its twin has, which is loaded in its place.
local sources, newDumping = ...
local find, match, max, getinfo, ipairs, next = string.find, string.match, math.max, debug.getinfo, ipairs, next
local isFirst = not rawlen and not jit
local compile, dump = isFirst and loadstring or load, string.dump

local twins = {}

-- What was loaded under the name of a chunk.
local named = {}
local byCode, lengths, longest = {}, {}, 0
local plainOf

function twins.put(plain, twin)
  byCode[plain], lengths[#plain], longest = twin, true, max(longest, #plain)
end

-- The twin of bytecode that this program had from `string.dump`.
function twins.find(code)
  return byCode[code]
end

function twins.mayHave(length)
  return lengths[length] ~= nil
end

function twins.longest()
  return longest
end

-- The names of what probes need in a copy.
local function hiddenNames(copy)
  local counters, test = match(copy or "", 'local ([%w_]+),?([%w_]*) local C_*%d')
  local prefix = counters and match(copy, 'local [%w_,]+ local (C_*)%d')
  if not counters then counters, test = match(copy or "", 'local ([%w_]+),?([%w_]*)=%("%x+"%):luacov_ts%(%) ') end
  if not counters then return nil end
  local form = prefix and "^" .. prefix .. "%d+$"
  return function(name)
    return name == counters or name == test or form ~= nil and find(name, form) ~= nil
  end
end

-- Says that a source was loaded under a name of a chunk, as what `prepare` makes of its texts.
function twins.note(name, source, prepare)
  local all = named[name] or {}
  for _, each in ipairs(all) do
    if each.source == source then return end
  end
  all[#all + 1] = { source = source, prepare = prepare }
  named[name] = all
end

local function hiddenOf(each)
  if each.isHidden == nil then each.isHidden = hiddenNames(each.source.copy) or false end
  return each.isHidden
end

-- What tells the names of upvalues that are there for probes, in functions of a chunk; nil where there are none.
function twins.hiddenIn(name)
  for _, each in ipairs(named[name] or {}) do
    if hiddenOf(each) then return each.isHidden end
  end
end

local function nothing()
  return false
end

-- The sources that may have a function of a chunk in them.
local function candidatesFor(name)
  local all = {}
  for index, each in ipairs(named[name] or {}) do
    local text, spare = sources.content(each.source), each.prepare(sources.spare(each.source))
    all[index] = text and {
      name = name, text = each.prepare(text), spare = spare,
      copies = { each.prepare(each.source.copy), spare }, isHidden = hiddenOf(each) or nothing,
    }
  end
  return all
end

-- What `string.dump` returns for a function of Lua; nil where it holds no probes. `origin` is what a main chunk was made of.
function twins.dump(origin, fn, ...)
  local name = getinfo(fn, "S").source
  if not origin and not named[name] and not next(byCode) then return nil end
  plainOf = plainOf or newDumping(compile, dump, twins.put)
  return plainOf(origin, function() return candidatesFor(name) end, fn, ...)
end

return twins
