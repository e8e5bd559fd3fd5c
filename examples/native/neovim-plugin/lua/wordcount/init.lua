local M = {}

--- Counts the words of some lines.
function M.count(lines)
  local words = 0
  for _, line in ipairs(lines) do
    for _ in line:gmatch "%S+" do words = words + 1 end
  end
  return words
end

--- Says how many words the current buffer has, or a range of its lines.
function M.show(first, last)
  local lines = vim.api.nvim_buf_get_lines(0, (first or 1) - 1, last or -1, true)
  local words = M.count(lines)
  if words == 1 then
    return "1 word"
  elseif words == 0 then
    return "no words"
  end
  return words .. " words"
end

return M
