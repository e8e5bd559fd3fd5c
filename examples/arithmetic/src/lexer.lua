-- Example: a small library whose tests cover all of it.
-- lexer: splits an arithmetic expression such as "2 * (x + 1)" into tokens.

local lexer = {}

local function number(text, position)
  local digits = text:match("^%d+%.?%d*", position)
  return digits and { kind = "number", text = digits, value = tonumber(digits) }
end

local function name(text, position)
  local letters = text:match("^[%a_][%w_]*", position)
  return letters and { kind = "name", text = letters }
end

local function symbol(text, position)
  local character = text:match("^[-+*/^()]", position)
  return character and { kind = character, text = character }
end

--- The tokens of a text, in order, each with its position. Throws on a character that starts no token.
function lexer.tokens(text)
  local tokens = {}
  local position = text:find("%S") or #text + 1
  while position <= #text do
    local token = number(text, position) or name(text, position) or symbol(text, position)
    if not token then
      error(("unexpected '%s' at %d"):format(text:sub(position, position), position), 0)
    end
    token.position = position
    tokens[#tokens + 1] = token
    position = text:find("%S", position + #token.text) or #text + 1
  end
  return tokens
end

return lexer
