-- lua-term.

local host = ...

local core = host.import "host/term_core"
local sequence = host.import "host/term_sequence"

return {
  isatty = core.isatty,
  colors = host.import "host/term_colors",
  cursor = host.import "host/term_cursor",
  clear = sequence "2J",
  cleareol = sequence "K",
}
