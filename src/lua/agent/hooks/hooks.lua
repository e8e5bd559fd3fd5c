-- Lua has one hook for each coroutine, LuaJIT one for all: here whoever listens has one, and the program has its own.
--
-- A client is what `add` was given: a table of
--
-- - `mask`: "c", "r", "l" or several of them, as for debug.sethook; nil for none;
-- - `count`: its size in instructions, nil for none; `first`: how many there are to be before its first event;
-- - `call(event, line, level)`: `level` is the one of the function that the event is about, counted from this one; nil for 2. Of a
--   count, `line` is how many instructions it stands for, and the result, if there is one, how many there are to be before the next;
-- - `isRough`: whether it does not matter where its counts end;
-- - `thread`: the coroutine that it is for, nil for all;
-- - `onCoroutine()`: hears that a coroutine is made, other than in LuaJIT;
-- - `catches`: whether it never raises an error, and may be the hook itself.
--
-- An error of any other client removes it, and is told. Each count is kept for itself: the slot counts to whichever comes next, and is set
-- anew there, so that what listeners to counts execute is not counted. What listeners to other events execute is. Where it is set anew in between, since a mask has
-- changed, and in each coroutine, a client's count begins somewhere in its size, each time elsewhere: a thousand coroutines of ten
-- instructions are ten events of a client that counts by thousands, or one more or less.
local part, given = ...
local refusal, standIns, say, isHidden = given.refusal, given.standIns, given.say, given.isHidden
local find, next, setmetatable, sort, type = string.find, next, setmetatable, table.sort, type
local running, status = coroutine.running, coroutine.status
local jit, isFirst = jit, not rawlen and not jit

-- The main coroutine, and whatever runs in LuaJIT. 5.1 does not tell it.
local main = given.main or {}
local seen = part("hooks/seen", given.ours.has, standIns)
local slot = part("hooks/slot", seen)
local asked = part "hooks/asked"
local counts = part "hooks/counts"
local listeners = part "hooks/listeners"
local coroutines = given.coroutines

local hooks = { isOurs = given.ours.has, addOurs = given.ours.add }
-- Replaced and never changed, so that whoever goes through them may add and remove.
local clients = {}
local whenUsed
local states = setmetatable({}, { __mode = "k" })
local forget = given.coroutines.forget(states)
local made = 0
-- Functions of ours that have been hooks.
local own = setmetatable({}, { __mode = "k" })

local function keyOf(thread)
  if jit then return main end
  return thread or running() or main
end

-- Gives the slot of a coroutine what it needs now.
local arm

local dispatchers = part("hooks/dispatchers", counts, seen,
  function(state) return states[keyOf()] == state end,
  function(state) arm(keyOf(), state) end,
  function(client, message)
    hooks.remove(client)
    say(type(message) == "string" and message or "an error that is a " .. type(message))
  end)

-- What a program has set before us is its own. 5.1 knows the hook of a coroutine by its address: a new one may have that of one that is gone.
local function adopt(state, key)
  if type(key) ~= "thread" and not jit and running() then return end
  local told, theirs = asked.found(key)
  if theirs and not own[theirs.hook] then state.told, state.theirs = told, theirs end
end

local function stateOf(key)
  local state = states[key]
  if not state then
    made = made + 1
    state = { number = made, counters = {}, listeners = {}, mask = "", distance = 0, heard = 0 }
    state.dispatch = dispatchers.make(state)
    own[state.dispatch] = true
    states[key] = state
    adopt(state, key)
  end
  return state
end

-- Has the dispatcher called for all of them. A client that is `new` begins to count now.
local function dispatch(key, state, mask, own, new)
  local counters, theirs = {}, state.theirs
  for i = 1, #own do
    if own[i].count then counters[#counters + 1] = counts.ofClient(own[i], own[i] == new) end
  end
  if theirs and theirs.count > 0 then counters[#counters + 1] = counts.ofProgram(theirs.count) end
  -- LuaJIT looks for returns where it looks for lines, if it counts.
  if jit and #counters > 0 and find(mask, "r", 1, true) then mask = "crl" end
  state.mask, state.counters, state.isHeard = mask, counters, false
  for i = 1, #own do state.isHeard = state.isHeard or own[i].mask ~= "" end
  state.distance = dispatchers.distance(state)
  state.isDispatching, state.isExact, state.heard = true, counts.areExact(counters), 0
  slot.set(key, state.dispatch, state.mask, #counters > 0 and state.distance or 0)
end

-- In 5.1 there would be one level of the stack more between the hook and the function; an engine of ours hides what is ours itself.
-- Only where a program counts and does nothing else, it is told of what is ours.
local function setProgram(key, state, mask, theirs)
  if isHidden or isFirst or mask == "" then slot.set(key, theirs.hook, theirs.mask, theirs.count)
  elseif theirs.count <= 0 and slot.canAsk() then
    slot.setProgram(key, state.dispatch, theirs.hook, theirs.mask, theirs.count)
  else dispatch(key, state, mask, {}) end
end

function arm(key, state, new)
  local own, theirs, mask = listeners.clientsOf(clients, key), state.theirs, nil
  state.listeners, mask = listeners.of(own, theirs, state.narrowed)
  -- Between a count and the line of the same instruction, 5.2 and 5.3 rely on the mask.
  state.isStale = state.isCounting
  if state.isStale then return end
  state.isArming, state.isDispatching = true, false
  local sole = own[1]
  if not sole and theirs then setProgram(key, state, mask, theirs)
  elseif not sole then slot.set(key)
  elseif not theirs and #own == 1 and sole.catches and not sole.count then
    slot.set(key, sole.call, listeners.maskOf(sole, state.narrowed), 0)
  else dispatch(key, state, mask, own, new) end
  state.isArming = false
end

-- What is dead needs nothing, and there may be many of them until the collector comes.
local function isDead(key)
  return type(key) == "thread" and status(key) == "dead"
end

-- What runs comes last, as its hook may hear all that is done from there on.
local function armAll(new)
  local current = keyOf()
  local own = stateOf(current)
  for key, state in next, states do
    if key ~= current and not isDead(key) then arm(key, state) end
  end
  arm(current, own, new)
end

local function onNewCoroutine(thread)
  for index = 1, #clients do
    if clients[index].onCoroutine then clients[index].onCoroutine() end
  end
  local maker = states[keyOf()]
  local state = stateOf(thread)
  state.told = state.told or maker and asked.inherited(maker.told)
  arm(thread, state)
  forget()
end

-- One that was made before there was a client: what Lua has for it, nobody of ours has set.
local function onKnownCoroutine(thread)
  local state = stateOf(thread)
  state.told = state.told or asked.found(thread)
end

local function without(removed)
  local others = {}
  for i = 1, #clients do
    if clients[i] ~= removed then others[#others + 1] = clients[i] end
  end
  return others
end

-- Whether nobody has asked for anything.
function hooks.isUnused()
  return #clients == 0 and not next(states)
end

-- Has a function called once when anybody asks for anything: before that, whoever has called this may set hooks without us.
function hooks.onUse(call)
  whenUsed = call
end

local function use()
  local call = whenUsed
  whenUsed = nil
  if call then call() end
end

-- Adds a client, and returns it.
function hooks.add(client)
  use()
  client.mask, client.isOn = client.mask or "", true
  own[client.call] = true
  clients = without(client)
  clients[#clients + 1] = client
  if not jit then coroutines.watch(onNewCoroutine, onKnownCoroutine) end
  stateOf(main)
  for _, state in next, states do
    if state.narrowed then state.narrowed[client] = nil end
  end
  armAll(client)
  return client
end

-- Has a client listen to other events in a coroutine, nil for the one that runs, until it is added again.
function hooks.narrow(client, mask, thread)
  local key = keyOf(thread)
  local state = stateOf(key)
  state.narrowed = state.narrowed or {}
  state.narrowed[client] = mask
  arm(key, state)
end

-- The coroutines that were made while somebody listened, as a list in their order; none in LuaJIT, where they have no hook.
function hooks.threads()
  local threads = {}
  for key in next, states do
    if type(key) == "thread" then threads[#threads + 1] = key end
  end
  sort(threads, function(a, b) return states[a].number < states[b].number end)
  return threads
end

-- The same, and in LuaJIT those that were noted.
function hooks.known()
  return jit and coroutines.noted() or hooks.threads()
end

function hooks.isMain(thread)
  return thread == main
end

function hooks.remove(client)
  client.isOn = false
  clients = without(client)
  if #clients == 0 then coroutines.leave() end
  armAll()
end

-- Has a client begin to count anew in the coroutine that runs, somewhere in its size.
function hooks.countAnew(client)
  local state = states[keyOf()]
  for i = 1, #state.counters do
    if state.counters[i].client == client then state.counters[i] = counts.ofClient(client) end
  end
  state.distance = counts.distance(state.counters)
  slot.set(keyOf(), state.dispatch, state.mask, state.distance)
end

-- In a coroutine that was made by C.
function hooks.enter()
  local key = keyOf()
  if #clients > 0 and not states[key] then arm(key, stateOf(key)) end
end

-- As debug.sethook; returns Lua's message where the arguments are wrong. It is called by what the program has called.
function hooks.set(...)
  local hasThread = type((...)) == "thread"
  local told, theirs, message = asked.read(hasThread, ...)
  if not told then return message end
  use()
  seen.begin(3)
  local key = keyOf(hasThread and (...) or nil)
  local state = stateOf(key)
  state.told, state.theirs = told, theirs
  arm(key, state)
end

-- What debug.gethook tells, as a table of three values, or of `n`.
function hooks.get(...)
  use()
  local thread = ...
  local state = states[keyOf(type(thread) == "thread" and thread or nil)]
  return state and (state.told or asked.nothing) or asked.found(...)
end

return hooks
