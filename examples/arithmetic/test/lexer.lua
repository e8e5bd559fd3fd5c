-- A test is a plain Lua script: it passes when it ends without an error.
local lexer = require "lexer"

local function kinds(text)
  local found = {}
  for index, token in ipairs(lexer.tokens(text)) do
    found[index] = token.kind
  end
  return table.concat(found, " ")
end

assert(kinds("2 * (rate + 1.5)") == "number * ( name + number )")
assert(kinds("a^-b/c") == "name ^ - name / name")
assert(kinds("   ") == "")

local tokens = lexer.tokens("  12.5 x")
assert(tokens[1].value == 12.5 and tokens[1].position == 3)
assert(tokens[2].text == "x" and tokens[2].position == 8)

local ok, message = pcall(lexer.tokens, "1 + #")
assert(not ok and message == "unexpected '#' at 5", message)
