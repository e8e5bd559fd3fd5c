-- What can be asked of a program that stands still: a function for each command of the protocol, which returns a result, or nil and what
-- is wrong.
local parts, program, states = ...
local json, texts = parts.json, parts.texts
local evaluate, references, scopes = parts.evaluate, parts.references, parts.scopes
local complete, breakpoints, watches, threads = parts.complete, parts.breakpoints, parts.watches, parts.threads
local match, next, sort, tostring = string.match, next, table.sort, tostring
local list = json.list

local commands = {}

local function described(frame, index)
  return {
    index = index, name = frame.name, file = frame.file or json.null, source = frame.source,
    line = frame.line, isTail = frame.isTail, isC = frame.isC,
  }
end

function commands.frames(request)
  local all = program.framesOf(request.thread)
  if not all then return nil, "there is no coroutine " .. tostring(request.thread) end
  local found = list {}
  for index = request.start, request.start + request.count - 1 do
    if all[index] then found[#found + 1] = described(all[index], index) end
  end
  return { frames = found, total = #all }
end

function commands.threads()
  return list(threads.described(program.current(), program.framesOf(threads.number(program.current()))))
end

local function frameOf(request)
  local all = program.framesOf(request.thread)
  local frame = all and all[request.frame]
  if not frame then return nil, "there is no frame " .. tostring(request.frame) end
  return frame
end

function commands.scopes(request)
  local frame, problem = frameOf(request)
  if not frame then return nil, problem end
  local found = list {}
  local all = scopes(frame)
  for index = 1, #all do
    local reference = references.ofScope(all[index].list)
    found[index] = { kind = all[index].kind, reference = reference, count = #all[index].list }
  end
  return found
end

function commands.variables(request)
  local found = references.variables(request.reference, request.start, request.count)
  if not found then return nil, "these variables are gone, as the program has gone on" end
  return list(found)
end

-- A path can be written for a value that an expression with a path gives.
local function pathOf(text)
  return match(text, "^[%a_][%w_%.%[%]\"]*$") or ""
end

function commands.evaluate(request)
  local frame, problem = frameOf(request)
  if not frame then return nil, problem end
  local values, message = evaluate(frame, request.text)
  if not values then return nil, message end
  local found, shown = list {}, list {}
  for index = 1, values.n do
    found[index] = references.describe(values[index], index == 1 and pathOf(request.text) or "")
    shown[index] = texts.lines(values[index], request.depth)
  end
  return { values = found, shown = shown }
end

function commands.set(request)
  local frame, problem = frameOf(request)
  if not frame then return nil, problem end
  local values, message = evaluate(frame, request.text)
  if not values then return nil, message end
  local variable = references.find(request.reference, request.name)
  if not variable then return nil, "there is no variable " .. request.name end
  variable.set(values[1])
  return references.describe(values[1], "")
end

function commands.complete(request)
  local frame, problem = frameOf(request)
  if not frame then return nil, problem end
  return list(complete(frame, request.text))
end

commands.breakpoints = function(request)
  breakpoints.set(request.lines, request.functions)
  program.onBreakpoints()
  return states(request.lines)
end

function commands.errors(request)
  program.errors = request.mode
  program.onErrors(request.mode)
  return json.null
end

function commands.skip(request)
  program.skip(request.files)
  return json.null
end

function commands.watchable(request)
  local variable = references.find(request.reference, request.name)
  return variable and { path = variable.path, isOfCall = not variable.get } or json.null
end

-- What is to be watched: an expression of a frame, a variable that has a reference, or by its number alone what is watched already.
local function prepare(watch)
  if watch.expression then
    local problem
    watch.frame, problem = frameOf(watch)
    return watch.frame, problem
  end
  if not watch.reference then return true end
  local variable = references.find(watch.reference, watch.name)
  if not variable or not variable.get then return nil, "there is no variable " .. watch.name .. " that outlives a call" end
  watch.get, watch.expression = variable.get, variable.path ~= "" and variable.path or watch.name
  return true
end

function commands.watch(request)
  for index = 1, #request.expressions do
    local isThere, problem = prepare(request.expressions[index])
    if not isThere then return nil, problem end
  end
  watches.set(request.expressions)
  return json.null
end

function commands.sources()
  local found = list {}
  for source in next, program.sources do found[#found + 1] = source end
  sort(found)
  return found
end

function commands.text(request)
  return program.texts[request.source] or json.null
end

return commands
