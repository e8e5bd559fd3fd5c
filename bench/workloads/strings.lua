-- String building and taking apart.
local words = {}
for i = 1, 50000 do
  local word = "word" .. i
  words[#words + 1] = word:upper() .. ":" .. #word
end
local text = table.concat(words, " ")
local total = 0
for name, length in text:gmatch("(%u+%d+):(%d+)") do
  assert(#name == tonumber(length))
  total = total + #name
end
local replaced = text:gsub("%d+", function(digits)
  return digits + 1
end)
assert(total > 0 and #replaced >= #text)
