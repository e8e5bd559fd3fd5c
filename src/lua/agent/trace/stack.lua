-- The calls of one coroutine, from the outermost on, and what of them is shown. A call that is none of the program's is as deep as
-- its caller. `[0]` is below all that has been seen to begin.
local request, functions, output = ...
local getinfo, min, setmetatable = debug.getinfo, math.min, setmetatable
local deepest, isOfCalls = request.depth or math.huge, request.calls
local isOfSome = #request.functions > 0

local methods = {}
local metatable = { __index = methods }
local stacks = {}
local count = 0

-- What runs in a coroutine is within the call in which it has begun to.
function stacks.new(isMain, other)
  count = count + 1
  local outer = other and other[other.depth] or { isWithin = not isOfSome, isFile = false }
  -- The script itself is at 0.
  local base = { level = isMain and -1 or 0, isWithin = outer.isWithin, isFile = outer.isFile, isShown = false, hidesC = false }
  return setmetatable({ [0] = base, depth = 0, number = count, offset = 0, times = {} }, metatable)
end

-- Below what has been seen, hosts and what is of ours call functions of C themselves.
local function isHidden(about, caller, below)
  if about.isOurs then return true end
  if not about.isC then return false end
  if caller.hidesC then return true end
  local outer = below and below.func and functions.of(below.func)
  return outer and (outer.isOurs or outer.isHost == true) or false
end

local function decide(call)
  call.isShown = not call.isHidden and call.isWithin and call.isFile and call.level <= deepest
end

-- `below` is Lua's own word of the caller, for where nothing has been seen of it; else nil.
function methods:enter(fn, below)
  local caller, depth, about = self[self.depth], self.depth + 1, functions.of(fn)
  local call = self[depth]
  if not call then
    call = {}
    self[depth] = call
  end
  self.depth = depth
  self.times[fn] = (self.times[fn] or 0) + 1
  call.fn, call.about, call.mark, call.line, call.given = fn, about, "-> ", nil, nil
  call.isHidden = isHidden(about, caller, below)
  call.hidesC = call.isHidden or about.hidesC
  call.level = call.isHidden and caller.level or caller.level + 1
  call.isWithin = caller.isWithin or not call.isHidden and about.isNamed
  if call.isHidden or about.isC then call.isFile = caller.isFile else call.isFile = about.isFile end
  decide(call)
  call.written = output.count()
end

-- In the place of the call at the top, and within what that is within.
function methods:replace(fn)
  if self.depth == 0 then return self:enter(fn) end
  local replaced = self[self.depth]
  local isWithin, isFile, isOurs = replaced.isWithin, replaced.isFile, replaced.isHidden
  self:pop()
  self:enter(fn)
  local call = self[self.depth]
  -- What is of ours, and its calls, nobody sees.
  call.mark, call.isWithin = isOurs and "-> " or "=> ", call.isWithin or isWithin
  if call.about.isC then call.isFile = isFile end
  decide(call)
end

-- The call at the top turns out to have taken the place of its caller.
function methods:becomeTail()
  local fn, given = self[self.depth].fn, self[self.depth].given
  self:pop()
  self:replace(fn)
  self[self.depth].given = given
end

-- Whether the call at the top is shown, or may turn out to be as deep as its caller, and then is.
function methods:mayShowCall()
  local call = self[self.depth]
  return isOfCalls and not call.isHidden and call.isWithin and call.isFile and call.level <= deepest + 1
end

-- What the call at the top was given, as a text; nil for nothing that is said.
function methods:give(given)
  self[self.depth].given = given
end

function methods:showCall()
  local call = self[self.depth]
  if not isOfCalls or not call.isShown or call.level < 1 then return end
  local note = call.given and "(" .. call.given .. ")" or nil
  output.call(self.number, call.about.place, call.level - 1, call.mark, call.about.name, note)
  call.written = output.count()
end

function methods:line(number)
  local call = self[self.depth]
  call.line = number
  if call.isShown and number and number > 0 and not call.about.isC then
    output.line(self.number, call.about, number, call.level)
  end
end

-- Of a function of C it is shown that it returns where anything was since it was called.
local function showEnd(self, call, line, note)
  if not isOfCalls or not call.isShown or call.level < 1 then return end
  local about = call.about
  if about.isC and call.written == output.count() then return end
  local place = about.place
  if not about.isC and line and line > 0 then place = about.file .. ":" .. line end
  output.call(self.number, place, call.level - 1, "<- ", about.name, note)
end

function methods:pop()
  local fn = self[self.depth].fn
  local times = self.times[fn] - 1
  self.times[fn] = times > 0 and times or nil
  self[self.depth].fn = nil
  self.depth = self.depth - 1
end

local function fail(self)
  local call = self[self.depth]
  showEnd(self, call, call.line, " (error)")
  self:pop()
end

local function depthOf(self, fn)
  if not self.times[fn] then return nil end
  for depth = self.depth, 1, -1 do
    if self[depth].fn == fn then return depth end
  end
end

-- Whether it is shown what a function gives back that returns now.
function methods:showsEnd(fn)
  local depth = depthOf(self, fn)
  return depth and isOfCalls and self[depth].isShown and self[depth].level >= 1
end

-- A function returns, at a line if it is one of Lua, and gives back what a text says, if there is one; nothing where it was called before
-- anybody looked.
function methods:leave(fn, line, back)
  local depth = depthOf(self, fn)
  if not depth then return end
  while self.depth > depth do fail(self) end
  showEnd(self, self[depth], line, back and " = " .. back)
  self:pop()
end

local function levelsFrom(level)
  local top = level
  while getinfo(top, "l") do top = top + 1 end
  return top - level
end

-- The depth of a call that runs, of which `info` is Lua's own word, at a level that is counted from the caller of who asks; 0 for one
-- that has begun before anybody looked, or none.
local function depthIn(self, info, level)
  local depth = info and depthOf(self, info.func)
  if self.depth == 0 then self.offset = levelsFrom(level + 2) end
  if not depth then return 0 end
  if self.times[info.func] == 1 then return depth end
  return min(levelsFrom(level + 2) - self.offset, self.depth)
end

-- Without returns of functions of C: down to a depth, functions of Lua have ended by errors, as they tell of returns; so has what of C is
-- between them and who has caught those.
local function endAbove(self, depth)
  local isFailed, isCaught = false, false
  for above = depth + 1, self.depth do isFailed = isFailed or not self[above].about.isC end
  local isLua = false
  while self.depth > depth do
    local call = self[self.depth]
    isLua = isLua or not call.about.isC
    if isLua and call.about.isCatcher then isLua, isCaught = false, true end
    if isLua or isFailed and not isCaught then fail(self) else self:leave(call.fn) end
  end
end

-- LuaJIT: down to the call that runs now, of which `info` is Lua's own word, at a level that is counted from the caller of this. What was
-- called there has returned, if not by a tail call. Returns whether what is about to be called takes the place of a call.
function methods:returnTo(info, level, isCall)
  local depth = depthIn(self, info, level + 1)
  if self.depth > depth + 1 then endAbove(self, depth + 1) end
  if self.depth <= depth then return false end
  local call = self[self.depth]
  if isCall and not call.about.isC then return true end
  self:leave(call.fn)
  return false
end

return stacks
