-- How a debugger and who shows its program talk, line by line: a request is a Lua table, what is told and answered is JSON.
local channel, json = ...
local compile = loadstring or load

local talking = {}

function talking.tell(event)
  channel.send(json.write(event))
end

-- The next request; nil when nobody is there any more.
function talking.hear()
  local line = channel.receive()
  return line and compile("return " .. line)()
end

-- Whether a request can be read: where C's stack has overflowed, Lua may compile nothing.
function talking.canHear()
  return compile "return {{{{{}}}}}" ~= nil
end

-- Answers a request by a result, or by what is wrong where there is none.
function talking.answer(request, result, problem)
  if result == nil then talking.tell { request = request.request, error = problem }
  else talking.tell { request = request.request, result = result } end
end

-- Whether a program goes on by a request.
function talking.isLast(request)
  local command = request.command
  return command == "go" or command == "detach" or command == "terminate"
end

return talking
