-- Patterns of files and folders for LuaCov's lists, by a path, a module, or a function or table that is in one.

local G = _G or globals
local debug, io, table = G.debug, G.io, G.table
local error, pairs, pcall, require, type = error, pairs, pcall, G.require, type

local lists = {}

local function anyFunction(where, seen)
  if seen[where] then return nil end
  seen[where] = true
  for _, each in pairs(where) do
    if type(each) == "function" then return each end
    local found = type(each) == "table" and anyFunction(each, seen)
    if found then return found end
  end
end

local function fileOf(what)
  if type(what) == "string" then
    local file = io.open(what)
    if file then
      file:close()
      return what
    end
    local ok, module = pcall(require, what)
    if not ok then error("Module/file '" .. what .. "' was not found") end
    what = module
  end
  if type(what) == "table" then what = anyFunction(what, {}) end
  local source = type(what) == "function" and debug.getinfo(what, "S").source
  return source and source:match "^@(.*)" or error "Could not infer source filename"
end

local function escaped(name)
  return (name:gsub("^%.[/\\]", ""):gsub("%.lua$", ""):gsub("[%%%^%$%.%(%)%[%]%+%*%-%?]", "%%%0"):gsub("\\", "/"))
end

function lists.addFile(list, what)
  local pattern = "^" .. escaped(fileOf(what)) .. "$"
  table.insert(list, pattern)
  return pattern
end

function lists.addTree(list, what, level)
  local name = escaped(fileOf(what))
  if level or name:match "/init$" then name = name:match "^(.*)/" or name end
  local file, tree = "^" .. name .. "$", "^" .. name .. "/"
  table.insert(list, file)
  table.insert(list, tree)
  return file, tree
end

return lists
