-- Every function of most of Penlight's modules, with arguments of many kinds.
dofile(arg[0]:match "^(.*/)" .. "../ordered.lua")
function print() end -- what is deprecated says so
io.stderr = setmetatable({}, { __index = function() return print end })
local sweep = dofile((arg[0]:gsub("programs/[^/]*$", "sweep.lua")))

local function less(a, b) return tostring(a) < tostring(b) end
local function double(x) return type(x) == "number" and x * 2 or x end

local lists = {
  function() end,
  function() return { 1, 2, 3, 4 } end,
  function() return { 3, 1, 2 }, 2, 3 end,
  function() return { 3, 1, 2 }, less, double end,
  function() return { "b", "a", "c" }, { 1, 2, 3 } end,
  function() return { a = 1, b = { c = 2 } }, { a = 1, d = 5 }, true end,
  function() return { { 1, 2 }, { 3, 4 } }, 1, 2, 1, 2 end,
  function() return { { 1, 2 }, { 3, 4 } }, { { 5, 6 }, { 7, 8 } }, 1 end,
  function() return "+", { 1, 2, 3 }, { 4, 5, 6 } end,
  function() return { 1, 2, 3 }, "<", 2 end,
  function() return "one two  three", "two", "2" end,
  function() return "a,b;c", ",", 2 end,
  function() return "text\nwith lines\n", 8, "-" end,
  function() return "%s is $name", { name = "x" } end,
  function() return "", "", 0 end,
  function() return 5, 3, 2 end,
  function() return -1, "x" end,
  function() return true, nil, false end,
  function() return nil, "message", 3 end,
  function() return setmetatable({ 1 }, { __call = double }), 1 end,
  function() return { 1, { 2, { 3 } } }, { 1, { 2, { 4 } } }, 0.1 end,
}

local skipped = {
  "__call", "_init", "get_separated_list", "zip", "unpack", "raise_deprecation", "quit", "execute", "executeex", "readfile", "readlines", "writefile", "import", "printf", "fprintf", "write", "dump",
  "debug", "dir_separator", "quitk", "on_error", "set_ensure", "setfenv", "getfenv", "copy2", "iter", "table", "print", "printall",
}
local total = 0
for _, name in ipairs {
  "tablex", "List", "Map", "Set", "OrderedMap", "MultiMap", "seq", "stringx", "utils", "types", "operator", "array2d",
  "permute", "text", "url", "pretty", "lexer", "func", "luabalanced", "comprehension", "template",
} do
  local module = require("pl." .. name)
  if type(module) == "table" then
    total = total + sweep(module, skipped, lists)
    local meta = getmetatable(module)
    if meta then sweep(meta, skipped, lists) end
  end
end
assert(total > 1000, total)
