-- How a debugger and who shows its program talk, line by line: a request is a Lua table, or a list of some, what is told and answered is
-- JSON.
local channel, json = ...
local compile, remove = loadstring or load, table.remove

local talking = {}
-- Requests of a line that have not been heard yet.
local waiting = {}

function talking.tell(event)
  channel.send(json.write(event))
end

-- The next request; nil when nobody is there any more.
function talking.hear()
  if waiting[1] then return remove(waiting, 1) end
  local line = channel.receive()
  local heard = line and compile("return " .. line)()
  if not heard or not heard[1] then return heard end
  waiting = heard
  return remove(waiting, 1)
end

-- Whether a request can be read: where C's stack has overflowed, Lua may compile nothing.
function talking.canHear()
  return compile "return {{{{{}}}}}" ~= nil
end

-- Answers a request that has a number, by a result, or by what is wrong where there is none.
function talking.answer(request, result, problem)
  if not request.request then return end
  if result == nil then talking.tell { request = request.request, error = problem }
  else talking.tell { request = request.request, result = result } end
end

-- Whether a program goes on by a request.
function talking.isLast(request)
  local command = request.command
  return command == "go" or command == "detach" or command == "terminate"
end

return talking
