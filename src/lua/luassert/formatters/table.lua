-- Tables on many lines, with a mark before each key on the way to the first difference.

local platform = ...

local luassert = platform.import "luassert/assert"
local numeral = platform.import "luassert/formatters/numeral"
local sortedkeys = platform.import "luassert/formatters/keys"

-- As tostring names a table that has no metatable; one whose metatable is protected has no name.
local function describe(value)
  local metatable = getmetatable(value)
  if metatable == nil then
    return tostring(value)
  elseif not pcall(setmetatable, value, metatable) then
    return "table"
  end
  setmetatable(value, nil)
  local name = tostring(value)
  setmetatable(value, metatable)
  return name
end

-- A color is a word of lua-term's, or several with dots between them.
local function colored(text, color)
  if color == nil or color == "none" then
    return text
  end
  local colors = platform.import "host/term/colors"
  for name in gmatch(color, "[^%.]+") do
    text = colors[name] and colors[name](text) or text
  end
  return text
end

local function settings()
  local character = luassert:get_parameter "TableErrorHighlightCharacter" or ""
  return {
    depth = luassert:get_parameter "TableFormatLevel",
    shows_recursion = luassert:get_parameter "TableFormatShowRecursion",
    width = #character,
    mark = character ~= "" and colored(character, luassert:get_parameter "TableErrorHighlightColor") or "",
  }
end

local function totext(value)
  return type(value) == "number" and numeral(value) or tostring(value)
end

local formatted

local function formatvalue(value, level, marked, context)
  if type(value) == "table" then
    return formatted(value, level, marked, context)
  elseif type(value) == "string" then
    return "'" .. value .. "'"
  end
  return totext(value)
end

-- `context.keys` lead to the difference, the innermost first; `marked` says that this table is on the way.
function formatted(values, level, marked, context)
  local open = context.open
  if context.shows_recursion and (open[values] or 0) > 0 then
    return "{ ... recursive }"
  elseif next(values) == nil then
    return "{ }"
  elseif level > context.depth and context.depth >= 0 then
    return "{ ... more }"
  end
  open[values] = (open[values] or 0) + 1
  local different = context.keys[#context.keys - level + 1]
  local lines = { "{" }
  for _, key in ipairs(sortedkeys(values)) do
    local ismarked = marked and key == different
    local text = formatvalue(values[key], level + 1, ismarked, context)
    local indent = rep(" ", level * 2 - (ismarked and context.width or 0))
    insert(lines, indent .. (ismarked and context.mark or "") .. "[" .. totext(key) .. "] = " .. text)
  end
  open[values] = open[values] - 1
  return concat(lines, "\n") .. " }"
end

return function(values, options)
  local context = settings()
  context.keys = options and options.crumbs or {}
  context.open = {}
  return "(" .. describe(values) .. ") " .. formatted(values, 1, true, context)
end
