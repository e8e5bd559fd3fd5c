-- The upvalues of functions with probes by the numbers that they have without: those of probes come last.
local hits, namesIn, refusal, standIn = ...
local getinfo, getupvalue, setupvalue, upvalueid, upvaluejoin =
  debug.getinfo, debug.getupvalue, debug.setupvalue, debug.upvalueid, debug.upvaluejoin
local error, pcall, tonumber, type = error, pcall, tonumber, type
local debug, standIns, replaced = debug, hits.standIns, hits.replaced

-- The number that an upvalue has among all; nil where it is the same, or nothing that Lua would take for one.
local function numberOf(fn, number)
  number = tonumber(number)
  if type(fn) ~= "function" or not number or number < 1 then return nil end
  local isHidden = namesIn(getinfo(fn, "S").source)
  if not isHidden then return nil end
  local own, hidden, index = 0, {}, 1
  local name = getupvalue(fn, index)
  while name do
    if isHidden(name) then hidden[#hidden + 1] = index
    else own = own + 1 end
    if own == number and hidden[#hidden] ~= index then return index end
    index = index + 1
    name = getupvalue(fn, index)
  end
  return hidden[number - own]
end

-- What a function is to return that takes one upvalue; nothing where C's own may do it.
local function one(original)
  return function(fn, number, ...)
    local index = numberOf(fn, number)
    if index and index ~= number then return original(fn, index, ...) end
  end
end

local getOwn, setOwn, idOfOwn = one(getupvalue), one(setupvalue), one(upvalueid)

local function joinOwn(fn, number, other, otherNumber)
  local index, otherIndex = numberOf(fn, number), numberOf(other, otherNumber)
  if not index and not otherIndex or type(fn) ~= "function" or type(other) ~= "function" then return end
  upvaluejoin(fn, index or number, other, otherIndex or otherNumber)
  return true
end

local function newGetupvalue(...)
  local name, value = getOwn(...)
  if name ~= nil then return name, value end
  local ok
  ok, name, value = pcall(getupvalue, ...)
  if not ok then error(refusal(name, "debug.getupvalue"), 2) end
  if name ~= nil then return name, value end
end

local function newSetupvalue(...)
  local name = setOwn(...)
  if name ~= nil then return name end
  local ok
  ok, name = pcall(setupvalue, ...)
  if not ok then error(refusal(name, "debug.setupvalue"), 2) end
  if name ~= nil then return name end
end

local function newUpvalueid(...)
  local id = idOfOwn(...)
  if id ~= nil then return id end
  local ok
  ok, id = pcall(upvalueid, ...)
  if not ok then error(refusal(id, "debug.upvalueid"), 2) end
  return id
end

local function newUpvaluejoin(...)
  if joinOwn(...) then return end
  local ok, message = pcall(upvaluejoin, ...)
  if not ok then error(refusal(message, "debug.upvaluejoin"), 2) end
end

local function install(name, original, new, own)
  if not original then return end
  debug[name] = standIn and standIn("result", original, own) or new
  replaced[original], standIns[debug[name]] = debug[name], true
end

return function()
  install("getupvalue", getupvalue, newGetupvalue, getOwn)
  install("setupvalue", setupvalue, newSetupvalue, setOwn)
  install("upvalueid", upvalueid, newUpvalueid, idOfOwn)
  install("upvaluejoin", upvaluejoin, newUpvaluejoin, joinOwn)
end
