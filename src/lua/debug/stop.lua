-- A program that stands still: it is said why, and commands are answered until one lets it go on.
-- `stands` hears whether it does, as who measures time has to know.
local parts, talking, stands, commands, program = ...
local json, frames, references, threads = parts.json, parts.frames, parts.references, parts.threads
local pcall, tostring = pcall, tostring

local stop = {}
local isStopped, here, shown = false, nil, nil

function stop.isOn()
  return isStopped
end

function program.framesOf(number)
  local thread = threads.of(number)
  if thread == nil then return nil end
  if thread == shown then return here end
  if thread == program.current() then return frames.here(1) end
  thread = thread or threads.main
  return thread and frames.of(thread) or {}
end

-- Text that was loaded is shown by who asks for it by the name that frames have.
local function remember(all)
  for index = 1, #all do program.met(all[index].fn) end
end

local function isSkipped(frame)
  return frame.isC or program.isSkipped(frame.fn)
end

-- Errors come from what a program calls: of them, the project's own place is looked at first.
local function firstOwn(reason)
  local first
  for index = 1, #here do
    local isOwn = not isSkipped(here[index])
    first = first or isOwn and index or nil
    if isOwn and (reason ~= "error" or program.isOfProject(here[index].fn)) then return index end
  end
  return first or 1
end

local function answer(request)
  local command = commands[request.command]
  if not command then return talking.answer(request, nil, "there is no command " .. tostring(request.command)) end
  local ok, result, problem = pcall(command, request)
  if ok then talking.answer(request, result, problem) else talking.answer(request, nil, tostring(result)) end
end

-- Answers one request after the other, from the given one on. Returns that with which the program goes on.
local function serve(request)
  request = request or talking.hear()
  while request do
    if talking.isLast(request) then
      talking.answer(request, json.null)
      return request
    end
    answer(request)
    request = talking.hear()
  end
  return { command = "detach" }
end

-- Before a program begins, with what was asked first. Nobody can have it stand still then, as it does.
function stop.begin(request)
  isStopped = true
  stands(true)
  request = serve(request)
  stands(false)
  isStopped = false
  return request
end

local function halt(thread, reason, message, ids)
  isStopped, shown = true, thread
  stands(true)
  remember(here)
  references.forget()
  talking.tell {
    event = "stopped", reason = reason, thread = threads.number(thread), frame = firstOwn(reason),
    message = message or json.null, breakpoints = json.list(ids or {}),
  }
  local request = serve()
  stands(false)
  isStopped = false
  return request
end

-- At a level of the caller. `ids` are those of breakpoints, `message` may be nil.
function stop.at(level, reason, message, ids)
  here = frames.here(level + 1)
  local request = halt(program.current(), reason, message, ids)
  return request
end

-- Where a coroutine has died.
function stop.atDeath(thread, message)
  here = frames.of(thread)
  local request = halt(thread, "error", message)
  return request
end

return stop
