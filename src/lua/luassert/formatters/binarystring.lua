-- A formatter that shows strings byte by byte, 16 in a line, as numbers and as characters.

local WIDTH, HALF = 16, 8

local function shown(code)
  return code < 32 and "." or char(code)
end

local function line(bytes)
  local codes, characters = "", ""
  for i = 1, #bytes do
    local code = byte(bytes, i)
    codes = codes .. format("%2x ", code)
    characters = characters .. shown(code)
  end
  codes = codes .. rep(" ", WIDTH * 3 - #codes)
  characters = characters .. rep(" ", WIDTH - #characters)
  local left, right = sub(codes, 1, HALF * 3), sub(codes, HALF * 3 + 1)
  return left .. "  " .. right .. " " .. sub(characters, 1, HALF) .. " " .. sub(characters, HALF + 1) .. "\n"
end

return function(value)
  if type(value) ~= "string" then
    return nil
  end
  local lines = { "Binary string length; " .. #value .. " bytes\n" }
  for start = 1, #value, WIDTH do
    insert(lines, line(sub(value, start, start + WIDTH - 1)))
  end
  return concat(lines)
end
