-- Functions with breakpoints in files that are loaded from here on tell themselves that they begin, by a call in their text: nobody has to
-- listen to calls for them, which all other functions would pay for. Of what was loaded before, and of text without a file, calls are
-- listened to.
local pathOf = ...
local concat, find, gsub, sub = table.concat, string.find, string.gsub, string.sub
local next, sort, compile = next, table.sort, not rawlen and loadstring or load

-- What it is that a function calls.
local asked = '("entered"):luacov_ts()'

local entries = {}
-- Where functions begin, by file: `size` of its text, where the first statement of its `chunk` is, and the line where each function is
-- defined by the place of its first statement.
local files, loaded = {}, {}

-- What tells of itself, in files that were loaded.
local function isTold(breakpoint)
  local known = loaded[breakpoint.path]
  return known == nil or known[breakpoint.defined] == true
end

-- `lines` are breakpoints, which get the `path` of their files. Returns whether each of them will be told of.
function entries.set(lines)
  local areTold = true
  files = {}
  for index = 1, #lines do
    local breakpoint = lines[index]
    breakpoint.path = not breakpoint.isText and pathOf("@" .. breakpoint.file)
    local entry = breakpoint.entry
    if entry then
      local file = files[breakpoint.path] or { size = entry.size, chunk = entry.chunk, places = {} }
      files[breakpoint.path] = file
      file.places[entry.offset] = breakpoint.defined
    end
    areTold = areTold and entry ~= nil and isTold(breakpoint)
  end
  return areTold
end

local function insert(text, places, head, call)
  local offsets, parts, last = {}, {}, 0
  for offset in next, places do offsets[#offsets + 1] = offset end
  sort(offsets)
  for index = 1, #offsets do
    parts[#parts + 1] = sub(text, last + 1, offsets[index])
    parts[#parts + 1] = (head[offsets[index]] or "") .. (places[offsets[index]] and call or "")
    last = offsets[index]
  end
  parts[#parts + 1] = sub(text, last + 1)
  return concat(parts)
end

-- A local of the chunk, as programs do to the methods of strings what they like. Where there is no room for one more, in the chunk or in
-- a function, there is nothing but these.
local function withEntries(text, file)
  local name = "A"
  while find(text, "%f[%w_]" .. name .. "%f[^%w_]") do name = name .. "_" end
  local places = {}
  for offset in next, file.places do places[offset] = true end
  places[file.chunk] = places[file.chunk] or false
  local changed = insert(text, places, { [file.chunk] = "local " .. name .. "=" .. asked .. ";" }, name .. "();")
  if compile((gsub(changed, "^#[^\n]*", ""))) then return changed end
  return insert(text, file.places, {}, asked .. "();")
end

-- A file is loaded as something else. Returns whether breakpoints in it are not told of for that.
function entries.loads(name)
  local path = pathOf("@" .. name)
  loaded[path] = loaded[path] or {}
  return files[path] ~= nil
end

-- What is to be loaded in place of the text of a file; nil for that itself.
function entries.rewrite(text, name)
  local path = pathOf("@" .. name)
  local file = files[path]
  loaded[path] = loaded[path] or {}
  if not file or file.size ~= #text then return nil end
  for _, defined in next, file.places do loaded[path][defined] = true end
  return withEntries(text, file)
end

return entries
