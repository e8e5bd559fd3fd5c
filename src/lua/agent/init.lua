-- What a user has set to run before every program, which this one has taken the place of.
local here = ...
local getenv, load, loadstring, loadfile = os.getenv, load, loadstring, loadfile
local sub, match = string.sub, string.match

local function nothing() end

-- The name of the variable that this Lua reads, and what it would hold.
local function found()
  local version = "LUA_INIT" .. (match(_VERSION, "5%.[2-9]$") or ""):gsub("^5%.", "_5_")
  for _, name in ipairs { version, "LUA_INIT" } do
    local own = getenv("LUACOV_TS_USER_" .. name:sub(5))
    local now = getenv(name)
    -- A program may have set another one for those that it starts.
    if now and not match(now, "agent[/\\]agent%.lua$") then return now, name end
    if own then return own, name end
  end
end

local text, name = found()
if not text or (getenv "LUACOV_TS_FOLDER" or "") == "" then return nothing end
local chunk, message
if sub(text, 1, 1) == "@" then chunk, message = loadfile(sub(text, 2))
else chunk, message = (loadstring or load)(text, "=" .. name) end
if not chunk then
  -- What does not compile has no traceback; from 5.2 on an object is an error that has none.
  if rawlen and not jit then message = setmetatable({ text = message }, { __tostring = function(own) return own.text end }) end
  return function() error(message, 0) end
end
return chunk
