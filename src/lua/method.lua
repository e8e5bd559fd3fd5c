-- Calls functions of the string library as methods of a text, whatever the program has made of the metatable of
-- strings: a message about an argument counts from the one behind the text, as that of `text:format(…)` does.

local function renumbered(message)
  local number, rest = match(message, "^bad argument #(%d+) to 'string%.(.*)$")
  return number and "bad argument #" .. floor(number - 1) .. " to '" .. rest or message
end

local function returned(ok, ...)
  if ok then
    return ...
  end
  error(renumbered(...), 0)
end

return function(f, text, ...)
  return returned(pcall(f, text, ...))
end
