-- term.cursor: where the next character goes.

local host = ...

local sequence = host.import "host/term/sequence"

local cursor = {
  jump = sequence "%d;%dH",
  goup = sequence "%d;A",
  godown = sequence "%d;B",
  goright = sequence "%d;C",
  goleft = sequence "%d;D",
  save = sequence "s",
  restore = sequence "u",
}
cursor["goto"] = cursor.jump

return cursor
