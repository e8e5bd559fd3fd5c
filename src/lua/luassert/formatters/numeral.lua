-- Numbers as precisely as they are.

return function(number)
  if number ~= number then
    return "NaN"
  elseif number == 1 / 0 then
    return "Inf"
  elseif number == -1 / 0 then
    return "-Inf"
  end
  local text = format("%.20g", number)
  if mathtype(number) == "float" and not find(text, "[%.,]") then
    text = gsub(text, "%d+", "%0.0", 1)
  end
  return text
end
