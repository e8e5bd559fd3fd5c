local function last(n)
  local seen = n
  return seen
end
local function middle(n)
  return last(n + 1)
end
local function first(n)
  local got = middle(n)
  return got
end
local value = first(1)
value = middle(value)
return value
