-- Takes records of news in a file that grows.

local open = io.open

return function(name)
  local file = open(name, "ab")
  if not file then error("luacov-ts cannot write its news to " .. name, 0) end
  local write, flush = file.write, file.flush
  return function(record)
    write(file, record)
    flush(file)
  end
end
