-- For Neovim with nvim-dap: copy this into your configuration, or `:luafile` it.
local dap = require "dap"

dap.adapters["luacov-ts"] = { type = "executable", command = "npx", args = { "luacov-ts", "dap" } }

dap.configurations.lua = {
  { name = "This file", type = "luacov-ts", request = "launch", program = "${file}" },
  { name = "This file, in Lua 5.4", type = "luacov-ts", request = "launch", program = "${file}", lua = "5.4" },
  { name = "All tests", type = "luacov-ts", request = "launch", tests = { "spec" } },
  {
    -- `luacov-ts debug --listen 0 …` prints both.
    name = "What waits for an editor", type = "luacov-ts", request = "attach",
    port = function() return tonumber(vim.fn.input "Port: ") end,
    token = function() return vim.fn.input "Token: " end,
  },
}
