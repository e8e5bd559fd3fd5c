-- `require "busted.done"`: tokens that have to arrive, in order or not, before something counts as done.

local methods = {}

local function check(token, level)
  if type(token) ~= "string" then error("Wait tokens must be strings. Got " .. type(token), level + 1) end
end

function methods:wait(...)
  for index = 1, select("#", ...) do
    local token = select(index, ...)
    check(token, 2)
    insert(self.tokens, token)
  end
end

function methods:wait_ordered(...)
  self.ordered = true
  self:wait(...)
end

function methods:wait_unordered(...)
  self.ordered = false
  self:wait(...)
end

local function listed(tokens)
  return "(" .. #tokens .. "): '" .. concat(tokens, "', '") .. "'."
end

-- Which tokens have arrived and which have not, in words.
function methods:tokenlist()
  local arrived = #self.tokens_done == 0 and "No tokens received." or "Tokens received " .. listed(self.tokens_done)
  local awaited = #self.tokens == 0 and " No more tokens expected." or " Tokens not received " .. listed(self.tokens)
  return arrived .. awaited
end

local function complaint(self, token)
  if not self.ordered then return format("Unknown token '%s'. %s", token, self:tokenlist()) end
  local expected = self.tokens[1]
  if not expected then
    return format("Bad token (no more tokens expected) got '%s'. %s", token, self:tokenlist())
  end
  return format("Bad token, expected '%s' got '%s'. %s", expected, token, self:tokenlist())
end

local function indexOf(self, token)
  for index, each in ipairs(self.tokens) do
    if each == token then return index end
    if self.ordered then return nil end
  end
end

local function arrive(self, token)
  if token then
    check(token, 3)
    local index = indexOf(self, token)
    if not index then error(complaint(self, token), 3) end
    insert(self.tokens_done, remove(self.tokens, index))
  end
  if #self.tokens == 0 then self.done_cb() end
end

function methods:done(token)
  arrive(self, token)
end

local DONE = {
  __index = methods,
  __call = function(self, token) arrive(self, token) end,
}

-- `callback` is called when the last token has arrived.
local function new(callback)
  return setmetatable({ tokens = {}, tokens_done = {}, done_cb = callback, ordered = true }, DONE)
end

methods.new = new

return methods
