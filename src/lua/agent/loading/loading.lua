-- Whatever loads a source loads its copy with probes, under the same name and with the same outcome.
local part, sources, hits, here, standIn, twins = ...
local open, getinfo = io.open, debug.getinfo
local find, gsub, match, sub = string.find, string.gsub, string.match, string.sub
local error, pcall, select, type, setmetatable, concat =
  error, pcall, select, type, setmetatable, table.concat
local unpack, setfenv, getfenv = unpack or table.unpack, debug.setfenv, debug.getfenv
local string, environment, vim = string, _G, vim
local load, loadstring, loadfile, dofile, dump = load, loadstring, loadfile, dofile, string.dump
local isFirst, jit, max = not rawlen and not jit, jit, math.max

local loading = {}

-- What chunks hold probes, for what is dumped.
local origins = setmetatable({}, { __mode = "k" })

-- `load` takes texts from 5.2 on.
local compile = isFirst and loadstring or load

-- What a function of C says of its arguments, by the name by which whoever calls the caller of this has called it.
local function refusal(message, own, level)
  local name = getinfo(level or 2, "n").name
  -- From 5.2 on it is looked up where it is kept.
  if not name and not isFirst and not jit then name = own end
  return name and type(message) == "string" and gsub(message, "'%?'", "'" .. name .. "'", 1) or message
end

loading.refusal = refusal

-- What a file holds that Lua's own loader passes over: a first line with "#", and from 5.2 on a byte order mark.
local function withoutFirstLine(text)
  if not isFirst then text = gsub(text, "^\239\187\191", "") end
  return (gsub(text, "^#[^\n]*", ""))
end

local function permits(mode, kind)
  return mode == nil or type(mode) == "string" and find(mode, kind, 1, true) ~= nil
end

-- Whether there may be something of ours to load.
local function mayPermit(mode)
  return permits(mode, "t") or twins.longest() > 0 and permits(mode, "b")
end

-- The chunk of a source's copy; nil where this Lua cannot compile it, and says so of the original itself.
local function chunkOf(source, text, isFile, name, ...)
  local prepare = isFile and withoutFirstLine or function(each) return each end
  local copy = sources.take(source)
  local chunk = copy and (compile(prepare(copy), name, ...) or compile(prepare(sources.spare(source)), name, ...))
  if chunk then
    origins[chunk] = { text = prepare(text), name = name, spare = function() return prepare(sources.spare(source)) end }
    twins.note(name, source, prepare)
  end
  return chunk
end

-- What is in a file: its text if it may be a source, or if it can be read only once.
local function readSource(name)
  local file = open(name, "rb")
  if not file then return nil, false end
  local length = file:seek "end"
  local text
  if not length then text = file:read "*a"
  elseif (hits.rewrite or sources.mayHave(length) or twins.mayHave(length)) and file:seek "set" then text = file:read "*a" end
  file:close()
  return text, length == nil
end

-- The chunk for a file, which a debugger may have changed; nil where Lua's own loader has to say what becomes of it.
local function fromFile(name, ...)
  sources.seen("file", name)
  local text, isPipe = readSource(name)
  local twin = text and permits((...), "b") and twins.find(text)
  if twin then return compile(twin, "@" .. name, ...) end
  if not permits((...), "t") then return nil end
  local source = text and sources.find(text, name)
  if source and hits.debugger then hits.debugger.loads(name) end
  if source then return chunkOf(source, text, true, "@" .. name, ...) end
  local other = text and hits.rewrite and hits.rewrite(text, name)
  if other or isPipe and text then return compile(withoutFirstLine(other or text), "@" .. name, ...) end
  sources.missed(name)
  return nil
end

loading.fromFile, loading.seen = fromFile, sources.seen

-- The chunk for what a host has read itself, from a file that it calls by a name of its own.
function loading.fromContent(text, name, path)
  local source = sources.mayHave(#text) and sources.find(text, path)
  if source then return chunkOf(source, text, true, "@" .. name) end
  if path then sources.missed(path) end
end

-- A file that was not loaded with probes, though it has some: its lines are counted.
function loading.missed(name, isOver)
  local text = readSource(name)
  local source = text and sources.find(text, name)
  if source and isOver then hits.doubt("unprobed", source.key)
  elseif source then sources.unprobed(source) end
end

local function fileChunk(...)
  local name, mode = ...
  if type(name) ~= "string" or not mayPermit(mode) then return nil end
  if isFirst then return fromFile(name) end
  if select("#", ...) > 2 then return fromFile(name, mode, (select(3, ...))) end
  return fromFile(name, mode)
end

local function newLoadfile(...)
  local chunk = fileChunk(...)
  if chunk then return chunk end
  local ok, message
  ok, chunk, message = pcall(loadfile, ...)
  if not ok then error(refusal(chunk, "loadfile"), 2) end
  if chunk ~= nil then return chunk end
  return nil, message
end

local newDofile = part("loading/newDofile", hits, refusal, here, newLoadfile, fromFile)

-- The source of a file that a host has kept as bytecode.
local function fromBytecode(name)
  local file = type(name) == "string" and match(name, "^@(.*)")
  return file and fromFile(file)
end

-- The chunk of bytecode, where it is of a function with probes or a host has kept it.
local function fromCode(code, name, mode, ...)
  if not permits(mode, "b") then return nil end
  local twin = twins.find(code)
  if twin then return compile(twin, name, mode, ...) end
  if vim and match(code, "^\27LJ") then return fromBytecode(name) end
end

local function fromText(text, name, ...)
  if sub(text, 1, 1) == "\27" then return fromCode(text, name, ...) end
  if not permits((...), "t") then return nil end
  local file = type(name) == "string" and match(name, "^@(.*)")
  if file and hits.debugger then hits.debugger.loads(file) end
  local source = sources.mayHave(#text) and sources.find(text, file)
  if source then return chunkOf(source, text, false, name == nil and text or name, ...) end
end

-- Takes a text in pieces, as far as it may be a source, for a reader that gives it once more. `take` hears what each call of the
-- program's reader gave, and returns whether it wants more; then `finish` returns the text, if it may be a source, and the reader.
local function gathering(reader)
  local pieces, length, failed, message = {}, 0, false, nil
  local longest = max(sources.longest, twins.longest())
  local function take(ok, piece)
    if not ok then
      failed, message = true, piece
      return false
    end
    pieces[#pieces + 1] = piece
    if type(piece) ~= "string" or piece == "" then return false end
    length = length + #piece
    return length <= longest
  end
  local function finish()
    local count, at = #pieces, 0
    local function again()
      at = at + 1
      if at <= count then return pieces[at] end
      if failed and at == count + 1 then error(message, 0) end
      if length <= longest then return nil end
      return reader()
    end
    local isText = not failed and length <= longest
    if isText and pieces[count] ~= nil and type(pieces[count]) ~= "string" then isText = false end
    return isText and concat(pieces), again
  end
  return take, finish
end

local function gather(reader)
  local take, finish = gathering(reader)
  repeat until not take(pcall(reader))
  return finish()
end

local function isName(name)
  return name == nil or type(name) == "string"
end

-- The chunk of a text or of what was read in pieces; nil where Lua's own loader has to say what becomes of it.
local function chunkOfText(text, isRead, ...)
  local _, name, mode = ...
  if isRead and name == nil then name = "=(load)" end
  if isFirst then return fromText(text, name) end
  if select("#", ...) > 3 then return fromText(text, name, mode, (select(4, ...))) end
  return fromText(text, name, mode)
end

local function newLoad(...)
  local what, name, mode = ...
  local chunk
  local text, again
  if isName(name) and mayPermit(mode) then
    if type(what) == "string" and not isFirst then text = what
    elseif type(what) == "function" then text, again = gather(what) end
  end
  if text then
    chunk = chunkOfText(text, again, ...)
    if chunk then return chunk end
  end
  local ok, message
  if again then ok, chunk, message = pcall(load, again, select(2, ...))
  else ok, chunk, message = pcall(load, ...) end
  if not ok then error(refusal(chunk, "load"), 2) end
  if chunk ~= nil then return chunk end
  return nil, message
end

local function stringChunk(...)
  local text, name, mode = ...
  if type(text) ~= "string" or not isName(name) or not mayPermit(mode) then return nil end
  if isFirst or mode == nil then return fromText(text, name) end
  return fromText(text, name, mode)
end

local function newLoadstring(...)
  local chunk = stringChunk(...)
  if chunk then return chunk end
  local ok, message
  ok, chunk, message = pcall(loadstring, ...)
  if not ok then error(refusal(chunk, "loadstring"), 2) end
  if chunk ~= nil then return chunk end
  return nil, message
end

local function plainDump(...)
  local fn = ...
  if type(fn) == "function" and getinfo(fn, "S").what ~= "C" then return twins.dump(origins[fn], ...) end
end

local function newDump(...)
  local plain = plainDump(...)
  if plain then return plain end
  local ok, result = pcall(dump, ...)
  if not ok then error(refusal(result, "string.dump"), 2) end
  return result
end

-- What `load` is to return for its arguments; for a reader, how to read.
local function loadAsked(...)
  local what, name, mode = ...
  if not isName(name) or not mayPermit(mode) then return nil end
  if type(what) == "string" and not isFirst then return chunkOfText(what, false, ...) end
  if type(what) ~= "function" then return nil end
  local count, arguments = select("#", ...), { ... }
  local take, finish = gathering(what)
  return nil, take, function()
    local text, again = finish()
    if not text then return nil, again end
    return chunkOfText(text, true, unpack(arguments, 1, count)), again
  end
end

local function dofileAsked(name)
  local chunk = fileChunk(name)
  if chunk then return chunk end
end

local function standInFor(kind, original, own)
  local new = standIn(kind, original, own)
  -- A function of C has an environment in 5.1.
  if setfenv then setfenv(new, getfenv(original)) end
  return new
end

-- Functions of C that stand in for those of C.
local function installStandIns()
  environment.load = standInFor("reader", load, loadAsked)
  environment.loadfile = standInFor("result", loadfile, fileChunk)
  environment.dofile = standInFor("chunk", dofile, dofileAsked)
  if loadstring then environment.loadstring = loadstring == load and environment.load or standInFor("result", loadstring, stringChunk) end
  string.dump = standInFor("result", dump, plainDump)
end

function loading.install()
  if standIn then return installStandIns() end
  environment.load = newLoad
  environment.loadfile = newLoadfile
  environment.dofile = newDofile
  if loadstring then environment.loadstring = loadstring == load and newLoad or newLoadstring end
  string.dump = newDump
  local standIns = hits.standIns
  standIns[newLoad], standIns[newLoadfile], standIns[newLoadstring], standIns[newDump] = true, true, true, true
  -- LuaJIT's own takes the place of ours, and is called as well.
  if not jit then standIns[newDofile] = true end
end

return loading
