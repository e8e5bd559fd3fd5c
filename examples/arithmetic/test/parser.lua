local parser = require "parser"

-- Writes a tree with all its parentheses, so that a test shows how operators group.
local function shown(tree)
  if tree.kind == "number" then return tostring(tree.value) end
  if tree.kind == "name" then return tree.name end
  if tree.kind == "negate" then return "(-" .. shown(tree.operand) .. ")" end
  return "(" .. shown(tree.left) .. tree.kind .. shown(tree.right) .. ")"
end

for text, expected in pairs {
  ["1 + 2 * 3"] = "(1+(2*3))",
  ["1 - 2 - 3"] = "((1-2)-3)",
  ["2 ^ 3 ^ 2"] = "(2^(3^2))",
  ["-x ^ 2"] = "(-(x^2))",
  ["-a * b"] = "((-a)*b)",
  ["(1 + 2) * 3"] = "((1+2)*3)",
} do
  assert(shown(parser.parse(text)) == expected, text)
end

for text, expected in pairs {
  [""] = "unexpected end of the expression",
  ["1 +"] = "unexpected end of the expression",
  ["(1"] = "unexpected end of the expression",
  ["(1 2"] = "unexpected '2' at 4",
  ["1 2"] = "unexpected '2' at 3",
  ["* 2"] = "unexpected '*' at 1",
} do
  local ok, message = pcall(parser.parse, text)
  assert(not ok and message == expected, message)
end
