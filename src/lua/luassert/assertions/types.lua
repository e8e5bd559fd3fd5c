-- assert.is_true, assert.is_table and the like.

local platform = ...

local tinsert = platform.import("luassert/arguments").tinsert
local setmessage = platform.import("luassert/assertions/message").set

local types = {}

local function is(expected)
  return function(state, list)
    tinsert(list, 2, expected)
    setmessage(state, list[3])
    return list[1] == expected
  end
end

types["true"] = is(true)
types["false"] = is(false)

local function istype(name)
  return function(state, list)
    tinsert(list, 2, "type " .. name)
    list.nofmt = list.nofmt or {}
    list.nofmt[2] = true
    setmessage(state, list[3])
    return type(list[1]) == name
  end
end

for _, name in ipairs { "boolean", "number", "string", "table", "nil", "userdata", "function", "thread" } do
  types[name] = istype(name)
end

return types
