local function check(value)
  if type(value) ~= "number" then
    error("no number: " .. tostring(value))
  end
  return value
end
local ok, message = pcall(check, "x")
local handled, text = xpcall(function()
  local missing
  error("in a handler")
end, function() return "handled" end)
local thread = coroutine.create(function(given)
  check(given)
end)
ok, message = coroutine.resume(thread, "y")
error({ code = 3, text = text })
