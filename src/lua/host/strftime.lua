-- What C's strftime writes in the locale "C".

local find, sub, concat = find, sub, concat

-- Of C99, by the letters behind "%".
local conversions = "^[aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%%]"

-- `convert` gets the letter of each conversion. E and O, with the letters that C99 allows behind them, change nothing in the
-- locale "C". `invalid` gets the text from a conversion on that there is not.
return function(text, convert, invalid)
  local parts, from = {}, 1
  while true do
    local start = find(text, "%", from, true)
    if not start then
      break
    end
    parts[#parts + 1] = sub(text, from, start - 1)
    local modified = find(text, "^E[cCxXyY]", start + 1) or find(text, "^O[deHImMSuUVwWy]", start + 1)
    local at = start + (modified and 2 or 1)
    if not find(text, conversions, at) then
      invalid(sub(text, start))
    end
    parts[#parts + 1] = convert(sub(text, at, at))
    from = at + 1
  end
  parts[#parts + 1] = sub(text, from)
  return concat(parts)
end
