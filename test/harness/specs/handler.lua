-- An output handler for busted that writes what our spec runner tells of: a JSON text for each result, to the file
-- that RESULTS names.

local busted = require "busted"

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function json(value)
  if value == nil then return "null" end
  if type(value) == "number" then return tostring(value) end
  if type(value) == "table" then
    local items = {}
    for index, each in ipairs(value) do items[index] = json(each) end
    return "[" .. table.concat(items, ",") .. "]"
  end
  return '"' .. tostring(value):gsub('[%c"\\]', function(c)
    return ESCAPES[c] or ("\\u%04x"):format(c:byte())
  end) .. '"'
end

local function namesOf(element)
  local names = { tostring(element.name or element.descriptor) }
  local parent = busted.parent(element)
  while parent and (parent.name or parent.descriptor) and parent.descriptor ~= "file" do
    table.insert(names, 1, tostring(parent.name or parent.descriptor))
    parent = busted.parent(parent)
  end
  return names
end

return function()
  local out = assert(io.open(os.getenv "RESULTS", "w"))
  local running

  local function write(descriptor, status, element, said)
    local place, failedAt = element.trace or {}, said.place or {}
    local seed = (busted.parent(element) or {}).randomseed
    local message = said.message
    if seed and (status == "failure" or status == "error") then
      message = (message and message .. "\n" or "") .. "Random seed: " .. seed
    end
    local traceback = (failedAt.traceback or ""):gsub("^\n", ""):gsub("\n$", "")
    local names = element.descriptor == "file" and {} or namesOf(element)
    out:write(
      '{"descriptor":', json(descriptor), ',"status":', json(status), ',"names":', json(names),
      ',"message":', json(message or ""), ',"traceback":', json(traceback),
      ',"line":', json(place.currentline), ',"failedLine":', json(failedAt.currentline), "}\n"
    )
    out:flush()
  end

  local function onProblem(status)
    return function(element, _, message, place)
      if running and running.element == element then
        if running.message then
          running.message = running.message .. "\n" .. tostring(message)
        else
          running.message, running.place = message and tostring(message), place
        end
      elseif status ~= "pending" then
        write(element.descriptor, "error", element, { message = message, place = place })
      end
      return nil, true
    end
  end

  local handler = {}

  function handler.subscribe()
    for _, status in ipairs { "failure", "error", "pending" } do
      busted.subscribe({ status }, onProblem(status), { priority = 1 })
    end
    busted.subscribe({ "test", "start" }, function(element)
      running = { element = element }
      return nil, true
    end, { priority = 1 })
    busted.subscribe({ "test", "end" }, function(element, _, status)
      local said = running
      running = nil
      write(element.descriptor, status, element, said)
      return nil, true
    end, { priority = 1 })
  end

  return handler
end
