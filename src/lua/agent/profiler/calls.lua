-- Every call and return, with the time between: exact, and what that costs. With `allocation`, also what was allocated.
--
-- Each coroutine has a stack. What runs pays for the time since the last event; so nobody pays for the time of a coroutine that is
-- suspended. An error leaves calls without a return, which is noticed at the return of who has caught it.
local hooks, functions, tree, allocation, sethook, clock, standing, isEmbedded = ...
local getinfo, running = debug.getinfo, coroutine.running
local max, min, setmetatable, type = math.max, math.min, setmetatable, type
local isJit = type(jit) == "table"
local isFirst = _VERSION == "Lua 5.1" and not isJit
local off = isJit and jit.off

-- From here on, a function that is called again and again below itself is one node.
local deepest = 200

local stacks = setmetatable({}, { __mode = "k" })
local everywhere = {}
-- When the last event was, and whose time has passed since; what an event takes by itself, in seconds.
local last, current, cost = 0, 0, 0
-- 5.1: whether the function at the top has been called by the last event, so that it may turn out to be a tail call.
local isNew = false
-- LuaJIT: whether a function of C runs, or has returned.
local isInC = false

local function newStack()
  local stack = { depth = 0, nodes = { [0] = 0 }, functions = {}, ids = {} }
  stacks[running() or everywhere] = stack
  return stack
end

-- Below nothing of the program's, a call is one of the test's that runs.
local function shown(node)
  return node == 0 and tree.base or node
end

-- What is of ours has the node of its caller.
local function nodeBelow(stack, id)
  local nodes, depth = stack.nodes, stack.depth
  if id == 0 then return nodes[depth] end
  if depth >= deepest then
    for at = depth, 1, -1 do
      if tree.is(nodes[at], id) then return nodes[at] end
    end
  end
  return tree.child(shown(nodes[depth]), id)
end

-- What is of ours is its caller's, as are functions of C that it calls. What began before anybody looked is on Lua's stack alone.
local function isHidden(stack, depth, level)
  if depth > 0 then return functions.hides(stack.ids[depth]) end
  local caller = level and getinfo(level + 3, "f")
  if not caller or not caller.func then return false end
  local id = functions.idOf(caller.func)
  -- A host, which has no name, calls functions of C itself.
  return functions.hides(id) or functions.isNameless(id)
end

local function enter(stack, fn, level)
  local id = functions.idOf(fn, level and level + 1)
  local depth = stack.depth + 1
  if functions.isC(id) and isHidden(stack, depth - 1, level) then id = 0 end
  if stack.nodes[depth - 1] == 0 and functions.isNameless(id) then id = 0 end
  local node = nodeBelow(stack, id)
  stack.depth, stack.nodes[depth], stack.functions[depth], stack.ids[depth] = depth, node, fn, id
  if id ~= 0 then tree.calls[node] = tree.calls[node] + 1 end
  return id
end

-- Down to a function that runs still; nowhere where it had been called before anybody looked.
local function unwindTo(stack, fn)
  local own = stack.functions
  for depth = stack.depth, 1, -1 do
    if own[depth] == fn then
      for above = depth + 1, stack.depth do own[above] = nil end
      stack.depth = depth
      return true
    end
  end
  return false
end

local function leave(stack, fn)
  if stack.functions[stack.depth] ~= fn and not unwindTo(stack, fn) then return end
  stack.functions[stack.depth] = nil
  stack.depth = stack.depth - 1
end

-- 5.1 calls the hook before a tail call has taken the place of its caller, and says only later that it has: by a level without a
-- function. Then the call is one of its caller's caller.
local function settle(stack, level)
  isNew = false
  local below = getinfo(level + 1, "f")
  if stack.depth < 2 or not below or below.func then return end
  local depth = stack.depth
  local fn, node = stack.functions[depth], stack.nodes[depth]
  if stack.ids[depth] ~= 0 then tree.calls[node] = tree.calls[node] - 1 end
  stack.functions[depth] = nil
  stack.depth = depth - 2
  enter(stack, fn)
end

local function onCall(stack, level, event)
  -- LuaJIT tells of no tail call, and of no return of a function of C.
  local caller = isJit and getinfo(level + 2, "f")
  if caller then unwindTo(stack, caller.func) end
  if event == "tail call" and stack.depth > 0 then leave(stack, stack.functions[stack.depth]) end
  local info = getinfo(level + 1, isJit and "fS" or "f")
  isInC = info.what == "C"
  enter(stack, info.func, level + 1)
  isNew = isFirst
end

local handlers = {
  call = onCall,
  ["tail call"] = onCall,
  ["return"] = function(stack, level)
    leave(stack, getinfo(level + 1, "f").func)
  end,
  line = function(stack, level)
    isInC = false
    unwindTo(stack, getinfo(level + 1, "f").func)
  end,
}

-- As its outermost chunk returns, which is the last moment at which its locals are there; in 5.1 they have gone. What is ours may have
-- called that.
local function isEndOfScript(stack, event, level)
  return not isFirst and event == "return" and stack.nodes[stack.depth] == 0 and getinfo(level, "S").what == "main"
end

local function onEvent(event, _, level)
  if event == "line" and not isInC or standing and standing.isOn then return end
  level = level or 2
  local now = clock()
  local bytes = allocation and allocation.sinceLast()
  local stack = stacks[running() or everywhere] or newStack()
  if isNew then
    settle(stack, event == "call" and level + 2 or level + 1)
    current = shown(stack.nodes[stack.depth])
  end
  tree.spend(current, max(now - last - cost, 0))
  tree.overhead = tree.overhead + cost
  if bytes then tree.allocate(current, bytes) end
  local handle = handlers[event]
  if handle then
    handle(stack, level, event)
    current = shown(stack.nodes[stack.depth])
  end
  local isLong = allocation and (isEndOfScript(stack, event, level + 1) and allocation.finish(true) or allocation.goOn())
  last = now
  if not isEmbedded and not isLong then return end
  last = clock()
  tree.overhead = tree.overhead + last - now
end

local function nothing() end

local function costOf(times)
  local began = clock()
  for _ = 1, times do nothing() end
  return (clock() - began) / times / 2
end

-- To read the system's clock takes longer than all the rest, so it is read once for each event, and what an event takes is measured
-- before: the least of some times, as the first ones take longer. An engine of ours has a clock that is read at once, and
-- compiles meanwhile, so that an event takes ever less.
local function measureCost()
  if isEmbedded then return end
  sethook(onEvent, "cr")
  local least = costOf(100)
  for _ = 1, 5 do least = min(least, costOf(100)) end
  sethook()
  cost = least
  tree.forget()
  current, isNew = 0, false
end

local calls = {}

-- A test begins or has ended: what our runner of tests calls from here on is below that.
function calls.rebase()
  current = tree.base
end

function calls.start()
  if off then off() end
  if allocation then allocation.start() end
  measureCost()
  last = clock()
  -- What allocates and calls nothing is looked at now and then, as the collector does not run by itself.
  local count = allocation and 100000 or nil
  hooks.add { mask = isJit and "crl" or "cr", count = count, isRough = true, call = onEvent, catches = true }
end

return calls
