-- Tells the process that has started this one how the program gets on.
--
-- A record is a line of fields with tabs between them: what it tells, how much the program had written by then to standard
-- output and to standard error, which goes to files, and the rest. So the order of all three is known, and what
-- programs in C or others that this one has started write is in it, too.

local stdout, stderr = io.stdout, io.stderr
local flush, seek, setvbuf = stdout.flush, stdout.seek, stdout.setvbuf

-- All that ends a line or a field; in 5.1 a pattern has no other way to say NUL.
local function escaped(text)
  return (gsub(text, "[%z\t\n\r\\]", function(each)
    return format("\\%03d", byte(each))
  end))
end

-- The decimal point is the locale's, which is the program's.
local function numeral(form, value)
  return (gsub(format(form, value), ",", "."))
end

local function field(value)
  if value == nil then return "-" end
  if type(value) == "number" then return "n" .. numeral("%.17g", value) end
  -- What holds nothing to escape comes in a table: to look through thousands of counters takes longer than to write them.
  if type(value) == "table" then return "s" .. value[1] end
  return "s" .. escaped(value)
end

-- Who has order in both streams needs to have all of what was written.
local function flushed(stream)
  pcall(flush, stream)
  return "-"
end

-- Also a program that closes its own output can tell.
local function written(stream)
  pcall(flush, stream)
  local ok, size = pcall(seek, stream, "end")
  return ok and size and numeral("%.0f", size) or "-"
end

-- Returns a function `tell(kind, value...)`; `send` takes each record, `buffering` is that of standard output. Where what was written comes
-- to the same place in its order, `isInOrder`, that is not told.
return function(send, buffering, isInOrder)
  if buffering then pcall(setvbuf, stdout, buffering) end
  local before = isInOrder and flushed or written
  return function(kind, ...)
    local fields = { kind, before(stdout), before(stderr) }
    for index = 1, select("#", ...) do
      fields[index + 3] = field((select(index, ...)))
    end
    send(concat(fields, "\t") .. "\n")
  end
end
