-- nvim --headless -u NONE --cmd "set runtimepath+=." -c "runtime plugin/wordcount.lua" -c "luafile tests/run.lua"
local function says(command)
  return vim.api.nvim_exec(command, true)
end

local ok, message = pcall(function()
  vim.api.nvim_buf_set_lines(0, 0, -1, true, { "one two", "three", "" })
  assert(says "WordCount" == "3 words")
  assert(says "2WordCount" == "1 word")
end)
io.stdout:write(ok and "ok" or message, "\n")
vim.cmd(ok and "qall!" or "cquit!")
