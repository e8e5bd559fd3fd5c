-- calculator: evaluates an expression with variables.

local parser = require "parser"

local calculator = {}

local operations = {
  ["+"] = function(a, b) return a + b end,
  ["-"] = function(a, b) return a - b end,
  ["*"] = function(a, b) return a * b end,
  ["/"] = function(a, b) return a / b end,
  ["^"] = function(a, b) return a ^ b end,
}

local function value(tree, variables)
  if tree.kind == "number" then
    return tree.value
  elseif tree.kind == "name" then
    return variables[tree.name] or error(("unknown variable '%s'"):format(tree.name), 0)
  elseif tree.kind == "negate" then
    return -value(tree.operand, variables)
  end
  return operations[tree.kind](value(tree.left, variables), value(tree.right, variables))
end

--- The value of an expression, or nil and a message.
function calculator.evaluate(text, variables)
  local ok, result = pcall(function()
    return value(parser.parse(text), variables or {})
  end)
  if ok then
    return result
  end
  return nil, result
end

return calculator
