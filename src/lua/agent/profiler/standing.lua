-- A program that stands still for its debugger now and then, `isOn` while it does: what is measured stands still with it.
local standing = { isOn = false }
local switches = {}

-- Calls a function with whether the program stands, each time before it does, and before it goes on.
function standing.tell(switch)
  switches[#switches + 1] = switch
end

-- A clock that goes on only while the program does.
function standing.clock(clock)
  local spent, since = 0, 0
  standing.tell(function(isOn)
    if isOn then since = clock() else spent = spent + clock() - since end
  end)
  return function()
    return (standing.isOn and since or clock()) - spent
  end
end

function standing.set(isOn)
  if isOn == standing.isOn then return end
  for index = 1, #switches do switches[index](isOn) end
  standing.isOn = isOn
end

return standing
