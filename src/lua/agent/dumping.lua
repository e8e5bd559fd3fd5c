-- What a function of a copy with probes is dumped as: the function of the original, since what is kept as bytecode must run
-- without us. Lua tells the lines of a function, and the names of its upvalues; the text between, behind locals of these
-- names, is the function once more.
local compile, dump = ...
local getinfo, getupvalue = debug.getinfo, debug.getupvalue
local find, match, rep, sub = string.find, string.match, string.rep, string.sub
local concat, insert = table.concat, table.insert
local ipairs, pairs, pcall = ipairs, pairs, pcall

local function upvaluesOf(fn)
  local names = {}
  repeat
    local name = getupvalue(fn, #names + 1)
    names[#names + 1] = name
  until not name
  return names
end

-- Those whose names are in the original: ours are in it nowhere.
local function ownAmong(names, text)
  local own = {}
  for _, name in ipairs(names) do
    if find(text, "%f[%w_]" .. name .. "%f[^%w_]") or name == "_ENV" then own[#own + 1] = name end
  end
  return own
end

-- Where a line begins and ends.
local function lineAt(text, number)
  local first = 1
  for _ = 2, number do
    first = find(text, "\n", first, true)
    if not first then return nil end
    first = first + 1
  end
  return first, (find(text, "\n", first, true) or #text + 1) - 1
end

-- Where each occurrence of a word in a line ends, from right to left: what we put before a text is at its left.
local function endsOf(text, word, number)
  local first, last = lineAt(text, number)
  local ends = {}
  if not first then return ends end
  local found, behind = find(text, "%f[%w_]" .. word .. "%f[^%w_]", first)
  while found and behind <= last do
    insert(ends, 1, behind)
    found, behind = find(text, "%f[%w_]" .. word .. "%f[^%w_]", behind + 1)
  end
  return ends
end

-- The parameters and the body, of a method with its own first parameter.
local function behindName(text, from, to)
  local method, open = match(text, "^[%s%w_.]*(:?)[%s%w_]*()%(", from)
  if not open or open > to then return nil end
  if method == "" then return sub(text, open, to) end
  local rest = sub(text, open + 1, to)
  return (find(rest, "^%s*%)") and "(self" or "(self,") .. rest
end

local function isSame(info, other)
  return info.linedefined == other.linedefined and info.lastlinedefined == other.lastlinedefined
    and info.nparams == other.nparams and info.isvararg == other.isvararg
end

local function declared(names)
  local locals = {}
  for _, name in ipairs(names) do
    if name ~= "_ENV" then locals[#locals + 1] = name end
  end
  return #locals > 0 and "local " .. concat(locals, ",") .. " " or ""
end

-- A chunk that does no more than return the function: what is behind the function on its last line could be an operand of an
-- expression, or a statement, but not both.
local function chunkOf(head, body, name)
  return compile("local function f" .. body) and compile(head .. "return (function" .. body .. ")", name)
end

-- The function whose text follows on a keyword; nil where there is none that has these lines and upvalues.
local function functionAt(text, from, info, names, name)
  local head = rep("\n", info.linedefined - 1) .. declared(names)
  local ends = endsOf(text, "end", info.lastlinedefined)
  for index = #ends, 1, -1 do
    local body = ends[index] > from and behindName(text, from + 1, ends[index])
    local chunk = body and chunkOf(head, body, name)
    if chunk then
      local fn = chunk()
      return isSame(info, getinfo(fn, "Su")) and concat(upvaluesOf(fn), " ") == concat(names, " ") and fn or nil
    end
  end
end

-- By the place of their keyword among those of the line.
local function functionsIn(text, info, names, name)
  local found = {}
  for place, from in ipairs(endsOf(text, "function", info.linedefined)) do
    found[place] = functionAt(text, from, info, names, name)
  end
  return found
end

-- Several functions of one line are told apart by their counters.
local function original(fn, info, given)
  -- Constants are no upvalues, and no locals of ours would be constants.
  if find(given.text, "<%s*const%s*>") then return nil end
  local names = upvaluesOf(fn)
  local copies = functionsIn(given.copy, info, names, given.name)
  local only
  for place, each in pairs(functionsIn(given.text, info, ownAmong(names, given.text), given.name)) do
    if copies[place] then
      if only and dump(only) ~= dump(each) then return nil end
      only = each
    end
  end
  return only
end

-- `given` is the text of a source, the copy of it that was loaded, and the name of the chunk. Returns nil where nothing tells
-- which function it is.
return function(fn, given)
  local info = getinfo(fn, "Su")
  local ok, found = pcall(original, fn, info, given)
  return ok and found or nil
end
