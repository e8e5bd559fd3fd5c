-- What a function of a copy with probes is dumped as: the function of the original, since what is kept as bytecode must run
-- without us, and with the upvalues that it has there. Whoever loads that bytecode in this process gets its twin, which has
-- the same upvalues and counts by a method of a literal. Both are compiled from the text of the function, behind locals with the
-- names of its upvalues. Which text that is, its lines tell, and among several in one line its bytecode.
local compile, dump, put = ...
local getinfo, getupvalue, byte, find, gmatch = debug.getinfo, debug.getupvalue, string.byte, string.find, string.gmatch
local gsub, match, rep, sub = string.gsub, string.match, string.rep, string.sub
local concat, insert = table.concat, table.insert
local ipairs, pcall = ipairs, pcall
local huge = math.huge

-- What stands for a function, by its bytecode; false where that is unknown.
local known = {}

local function upvaluesOf(fn)
  local names = {}
  repeat
    local name = getupvalue(fn, #names + 1)
    names[#names + 1] = name
  until not name
  return names
end

local function without(names, hidden)
  local own = {}
  for _, name in ipairs(names) do
    if not hidden(name) then own[#own + 1] = name end
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

-- Where each occurrence of a word in a line ends, from the last one to the first.
local function endsOf(text, word, number)
  local first, last = lineAt(text, number)
  local ends = {}
  if not first then return ends end
  local form = "%f[%w_]" .. word .. "%f[^%w_]"
  local found, behind = find(text, form, first)
  while found and behind <= last do
    insert(ends, 1, behind)
    found, behind = find(text, form, behind + 1)
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

-- Constants that the compiler puts in place of their names, of which there are no upvalues.
local function constantsIn(text, body, isUpvalue)
  local all = {}
  for name, value in gmatch(text, "local%s+([%a_][%w_]*)%s*<%s*const%s*>%s*=%s*([^\n;]+)") do
    if not isUpvalue[name] and find(body, "%f[%w_]" .. name .. "%f[^%w_]") then
      local declaration = "local " .. name .. "<const> =" .. gsub(value, "%-%-.*", "") .. " "
      if compile(declaration) then all[#all + 1] = declaration end
    end
  end
  return concat(all)
end

local function declared(names)
  local locals, isUpvalue = {}, {}
  for _, name in ipairs(names) do
    isUpvalue[name] = true
    if name ~= "_ENV" then locals[#locals + 1] = name end
  end
  return #locals > 0 and "local " .. concat(locals, ",") .. " " or "", isUpvalue
end

-- The function whose text follows on a keyword. What is behind it on its last line could be an operand of an expression,
-- or a statement, but not both.
local function functionAt(text, from, info, names, name)
  local locals, isUpvalue = declared(names)
  for _, to in ipairs(endsOf(text, "end", info.lastlinedefined)) do
    local body = to > from and behindName(text, from + 1, to)
    if body and compile("local function f" .. body) then
      local constants = find(text, "<%s*const%s*>") and constantsIn(sub(text, 1, from), body, isUpvalue) or ""
      local chunk = compile(rep("\n", info.linedefined - 1) .. locals .. constants .. "return (function" .. body .. ")", name)
      local fn = chunk and chunk()
      if fn then return concat(upvaluesOf(fn), " ") == concat(names, " ") and fn or nil end
    end
  end
end

-- How many bytes of two functions differ. Bytecode tells where each upvalue is to be found around it.
local function difference(code, other)
  if code == other then return 0 end
  if #code ~= #other then return huge end
  local count = 0
  for index = 1, #code do
    if byte(code, index) ~= byte(other, index) then count = count + 1 end
  end
  return count
end

-- The place among the keywords of its first line, from the last one on, at which a copy has a function.
local function placeIn(copy, code, info, names, name)
  local best, least = nil, 3 * #names
  for place, from in ipairs(endsOf(copy, "function", info.linedefined)) do
    local fn = functionAt(copy, from, info, names, name)
    local differs = fn and difference(code, dump(fn)) or huge
    if differs <= least and not (best and differs == least) then best, least = place, differs end
  end
  return best
end

-- Each probe reaches its counter by itself.
local function byMethods(spare)
  local form = '^(.-)local ([%w_]+),?([%w_]*)=%("(%x+)"%):luacov_ts%(%) (.*)$'
  local before, counters, test, key, rest = match(spare, form)
  if not before then return spare end
  local method = '("' .. key .. '"):luacov_ts('
  rest = gsub(rest, " " .. counters .. "%[(%d+)%]=" .. counters .. "%[%d+%]%+1 ", " if " .. method .. "%1)then end ")
  if test ~= "" then rest = gsub(rest, "%f[%w_]" .. test .. "%((%d+),", method .. "-%1,") end
  return before .. rest
end

-- The function of the original and the one that counts, of a function of a source that was loaded as `given`.
local function standing(fn, code, given)
  local info, names = getinfo(fn, "S"), upvaluesOf(fn)
  for _, copy in ipairs(given.copies) do
    local place = placeIn(copy, code, info, names, given.name)
    if place then
      local own = without(names, given.isHidden)
      local function at(text)
        local from = endsOf(text, "function", info.linedefined)[place]
        return from and functionAt(text, from, info, own, given.name)
      end
      return at(given.text), at(byMethods(given.spare))
    end
  end
end

-- A function that was loaded from bytecode is dumped as what it was loaded from.
local function note(code, plain, twin)
  known[code] = { plain = plain, twin = twin }
  if not twin then return end
  known[dump(twin)] = known[code]
  local stripped = dump(twin, true)
  if known[stripped] then return end
  known[stripped] = { plain = compile(dump(plain, true)), twin = compile(stripped) }
end

local function learn(fn, code, origin, candidates)
  known[code] = false
  if origin then return note(code, compile(origin.text, origin.name), compile(origin.spare(), origin.name)) end
  for _, given in ipairs(candidates) do
    local ok, plain, twin = pcall(standing, fn, code, given)
    if ok and plain then return note(code, plain, twin) end
  end
end

-- `origin` is what a main chunk was made of, `candidates` what may have the function in it. Returns nil where nothing tells which
-- function it is.
return function(origin, candidates, fn, ...)
  local code = dump(fn)
  if known[code] == nil then learn(fn, code, origin, candidates()) end
  local found = known[code]
  if not found then return nil end
  local plain = dump(found.plain, ...)
  if found.twin then
    local counting = dump(found.twin, ...)
    if counting ~= plain then put(plain, counting) end
  end
  return plain
end
