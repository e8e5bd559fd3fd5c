-- lua-term.

local host = ...

local core = host.import "term_core"
local sequence = host.import "term_sequence"

return {
  isatty = core.isatty,
  colors = host.import "term_colors",
  cursor = host.import "term_cursor",
  clear = sequence "2J",
  cleareol = sequence "K",
}
