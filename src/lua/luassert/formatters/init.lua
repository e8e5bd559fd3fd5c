-- How messages show values, by type.

local platform = ...

local luassert = platform.import "luassert/assert"
local arguments = platform.import "luassert/arguments"
local formattable = platform.import "luassert/formatters/table"
local is_matcher = platform.import("luassert/match").is_matcher
local numeral = platform.import "luassert/formatters/numeral"

local kinds = {}

function kinds.string(value)
  return "(string) '" .. value .. "'"
end

function kinds.number(value)
  return "(number) " .. numeral(value)
end

function kinds.boolean(value)
  return "(boolean) " .. tostring(value)
end

kinds["nil"] = function()
  return "(nil)"
end

kinds.table = formattable

kinds["function"] = function(value)
  local info = debug.getinfo(value, "S")
  return tostring(value) .. " @ line " .. info.linedefined .. " in " .. info.source
end

function kinds.userdata(value)
  return "(userdata) '" .. tostring(value) .. "'"
end

function kinds.thread(value)
  return "(thread) '" .. tostring(value) .. "'"
end

for _, kind in ipairs { "string", "number", "boolean", "nil", "table", "function", "userdata", "thread" } do
  local formatkind = kinds[kind]
  luassert:add_formatter(function(value, options)
    return type(value) == kind and formatkind(value, options) or nil
  end)
end

local function listed(list)
  local texts = {}
  for i = 1, list.n do
    texts[i] = luassert:format({ list[i], n = 1 })[1]
  end
  return "(" .. concat(texts, ", ") .. ")"
end

luassert:add_formatter(function(value)
  if not is_matcher(value) then
    return nil
  elseif value.name == "_" then
    return "(matcher) _ *anything*"
  end
  local negation = value.mod and "is." or "no."
  return "(matcher) " .. negation .. tostring(value.name) .. listed(value.arguments)
end)

luassert:add_formatter(function(value)
  if arguments.is_arglist(value) then
    return "(values list) " .. listed(value)
  end
end)

luassert:set_parameter("TableFormatLevel", 3)
luassert:set_parameter("TableFormatShowRecursion", false)
luassert:set_parameter("TableErrorHighlightCharacter", "*")
-- Messages end up in files as well as on terminals.
luassert:set_parameter("TableErrorHighlightColor", "none")
