-- parser: turns tokens into a tree by precedence climbing.

local lexer = require "lexer"

local parser = {}

local precedence = { ["+"] = 1, ["-"] = 1, ["*"] = 2, ["/"] = 2, ["^"] = 4 }
local unary_precedence = 3

local Parser = {}
Parser.__index = Parser

function Parser:peek()
  return self.tokens[self.index]
end

function Parser:next()
  local token = self:peek()
  self.index = self.index + 1
  return token
end

function Parser:fail(token)
  if token then
    error(("unexpected '%s' at %d"):format(token.text, token.position), 0)
  end
  error("unexpected end of the expression", 0)
end

function Parser:parentheses()
  local inner = self:binary(1)
  local close = self:next()
  if not close or close.kind ~= ")" then
    self:fail(close)
  end
  return inner
end

function Parser:operand()
  local token = self:next()
  local kind = token and token.kind
  if kind == "number" then
    return { kind = "number", value = token.value }
  elseif kind == "name" then
    return { kind = "name", name = token.text }
  elseif kind == "-" then
    return { kind = "negate", operand = self:binary(unary_precedence) }
  elseif kind == "(" then
    return self:parentheses()
  end
  self:fail(token)
end

function Parser:binary(lowest)
  local left = self:operand()
  while true do
    local token = self:peek()
    local level = token and precedence[token.kind]
    if not level or level < lowest then
      return left
    end
    self:next()
    -- "^" is right associative: its right operand may hold another "^".
    local right = self:binary(token.kind == "^" and level or level + 1)
    left = { kind = token.kind, left = left, right = right }
  end
end

--- The tree of an expression. Throws on a syntax error.
function parser.parse(text)
  local self = setmetatable({ tokens = lexer.tokens(text), index = 1 }, Parser)
  local tree = self:binary(1)
  if self:peek() then
    self:fail(self:peek())
  end
  return tree
end

return parser
