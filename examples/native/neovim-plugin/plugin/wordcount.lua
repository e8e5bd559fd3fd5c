vim.api.nvim_create_user_command("WordCount", function(range)
  local show = require("wordcount").show
  print(range.range > 0 and show(range.line1, range.line2) or show())
end, { range = true })
