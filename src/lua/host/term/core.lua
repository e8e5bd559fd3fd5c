-- The part of lua-term that is elsewhere written in C.

local host = ...

local file = host.import "host/files/file"

return {
  isatty = host.export(function(handle)
    return host.sys.isatty(file.checkopen(1, handle).id)
  end),
}
