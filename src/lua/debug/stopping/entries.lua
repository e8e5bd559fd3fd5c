-- Functions with breakpoints in files that are loaded from here on tell themselves that they begin, by a call in their text: nobody has to
-- listen to calls for them, which all other functions would pay for. Of what was loaded before, and of text without a file, calls are
-- listened to.
local pathOf = ...
local concat, sub = table.concat, string.sub
local next, sort = next, table.sort

local entries = {}
-- Where functions begin, by file: `size` of its text, and the line where each is defined by the place of its first statement.
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
      local file = files[breakpoint.path] or { size = entry.size, places = {} }
      files[breakpoint.path] = file
      file.places[entry.offset] = breakpoint.defined
    end
    areTold = areTold and entry ~= nil and isTold(breakpoint)
  end
  return areTold
end

local function insert(text, places)
  local offsets, parts, last = {}, {}, 0
  for offset in next, places do offsets[#offsets + 1] = offset end
  sort(offsets)
  for index = 1, #offsets do
    parts[#parts + 1] = sub(text, last + 1, offsets[index])
    parts[#parts + 1] = '("entered"):luacov_ts();'
    last = offsets[index]
  end
  parts[#parts + 1] = sub(text, last + 1)
  return concat(parts)
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
  return insert(text, file.places)
end

return entries
