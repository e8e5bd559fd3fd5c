-- lua-term.

local host = ...

local core = host.import "host/term/core"
local sequence = host.import "host/term/sequence"

return {
  isatty = core.isatty,
  colors = host.import "host/term/colors",
  cursor = host.import "host/term/cursor",
  clear = sequence "2J",
  cleareol = sequence "K",
}
