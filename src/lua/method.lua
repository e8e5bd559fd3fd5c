-- Calls functions of the string library as methods of a text, whatever the program has made of the metatable of
-- strings: a message about an argument counts from the one behind the text, as that of `text:format(…)` does.

local functions = { find = find, format = format, match = match }

-- A function that is called by pcall has its name only from 5.2 on.
local function renumbered(name, message)
  local number, named, rest = match(message, "^bad argument #(%d+) to '([%w%.?]*)'(.*)$")
  if not (number and (named == "?" or named == "string." .. name)) then return message end
  return format("bad argument #%d to '%s'%s", number - 1, name, rest)
end

local function returned(name, ok, ...)
  if ok then
    return ...
  end
  error(renumbered(name, ...), 0)
end

return function(name, text, ...)
  return returned(name, pcall(functions[name], text, ...))
end
