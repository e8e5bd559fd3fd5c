-- The message of the user's own that comes with an assertion.

local message = {}

function message.set(state, text)
  if text ~= nil then
    state.failure_message = text
  end
end

-- Removes the first of the optional arguments, from the third on, that is neither a number nor a boolean. Returns
-- it, or nil, and how many arguments were given in place of what is now the third.
function message.take(list)
  for i = 3, list.n do
    local value = list[i]
    if value and type(value) ~= "boolean" and not tonumber(value) then
      for k = i, list.n do
        list[k] = list[k + 1]
      end
      list.n = list.n - 1
      return value, i == 3 and 1 or 0
    end
  end
  return nil, 0
end

return message
