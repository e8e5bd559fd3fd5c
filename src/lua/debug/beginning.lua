-- What is asked before a program begins, which says as a rule what is to stop it, and has it begin.
local talking, json = ...

-- Of what is in files that are not loaded yet nothing is known.
local function states(lines)
  local list = json.list {}
  for index = 1, #lines do list[index] = { id = lines[index].id, line = json.null, problem = json.null } end
  return list
end

local answers = {}

function answers.breakpoints(request)
  return states(request.lines)
end

function answers.errors()
  return json.null
end

answers.skip = answers.errors

local beginning = { states = states }

-- Whether nothing stops the program as it begins to run, by all that was asked.
local function isPlain(requests)
  for index = 1, #requests do
    local request = requests[index]
    if request.functions and #request.functions > 0 or request.mode == "always" then return false end
    if request.command == "terminate" or request.go and request.go.kind ~= "continue" then return false end
  end
  return true
end

-- Answers until the program goes on. Returns all requests in their order, whether they leave the program as it is, and one that is not
-- answered, which is for who can do more.
function beginning.serve()
  local requests = {}
  while true do
    local request = talking.hear() or { command = "detach" }
    local isLast = talking.isLast(request)
    if not isLast and not answers[request.command] then return requests, false, request end
    requests[#requests + 1] = request
    talking.answer(request, isLast and json.null or answers[request.command](request))
    if isLast then return requests, isPlain(requests) end
  end
end

return beginning
