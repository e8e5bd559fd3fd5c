-- try(name, f): writes what a function returns, or the error that it raises, to the file that arg[1] names.
local out = assert(io.open(arg[1], "a"))
local raw = { pcall = pcall, tostring = tostring, type = type, select = select }

local function show(value)
  if raw.type(value) == "string" then
    return '"' .. value .. '"'
  end
  local name = raw.tostring(value)
  return raw.type(value) == "table" and "table " .. name or name
end

local function shown(ok, ...)
  local texts = { ok and "returns" or "raises" }
  for i = 1, raw.select("#", ...) do
    texts[i + 1] = show((raw.select(i, ...)))
  end
  return table.concat(texts, " ")
end

return function(name, f, ...)
  out:write("\1", name, "\2", shown(raw.pcall(f, ...)))
  out:flush()
end
