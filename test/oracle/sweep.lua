-- Calls every function of a module with each of some lists of arguments, whatever comes of it: libraries have
-- more ways on than usage scripts would ever take. `skip` names what must not be called.
return function(module, skip, lists)
  local skipped = {}
  for _, name in ipairs(skip) do skipped[name] = true end
  local returned, raised = 0, 0
  for name, f in pairs(module) do
    if type(f) == "function" and not skipped[name] then
      for _, arguments in ipairs(lists) do
        if pcall(f, arguments()) then returned = returned + 1 else raised = raised + 1 end
      end
    end
  end
  return returned, raised
end
