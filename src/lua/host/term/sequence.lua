-- Makes the functions of lua-term that write an escape sequence, to standard output or to the file given.

local iotype, stdout, format = io.type, io.stdout, format

return function(sequence)
  local function write(handle, ...)
    if iotype(handle) ~= "file" then
      return write(stdout, handle, ...)
    end
    return handle:write(format("\27[" .. sequence, ...))
  end
  return write
end
