-- What programs written for an old luassert ask for.

local platform = ...

local util = platform.import "luassert/util"

local WARNING =
  "WARN: calling deprecated function 'luassert.compatibility.unpack' use 'luassert.util.unpack' instead"

return {
  unpack = function(...)
    print(debug.traceback(WARNING))
    return util.unpack(...)
  end,
}
