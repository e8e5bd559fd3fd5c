-- Whether two values are equal in depth. A table that contains itself is equal to another one once both have
-- been walked through more often than `left` and `right` of the limits say.

local function haveequality(left, right)
  local metatable = debug.getmetatable(left)
  return metatable and metatable == debug.getmetatable(right) and metatable.__eq
end

-- `walk` has for either side how often each table is being walked through now; as long as no table contained
-- itself, also which tables have turned out `equal`, since many may contain the same one. Returns whether the
-- values are equal, and the keys that lead to the first difference, from the innermost to the outermost.
local function compare(left, right, ignores_metamethod, walk, leftlimit, rightlimit)
  if type(left) ~= "table" or type(right) ~= "table" then
    return left == right
  elseif haveequality(left, right) then
    if not ignores_metamethod then
      return left == right
    end
  elseif rawequal(left, right) or rawequal(walk.equal[left], right) then
    return true
  end

  local lefts, rights = walk.lefts, walk.rights
  local leftcount, rightcount = lefts[left] or 0, rights[right] or 0
  walk.is_tree = walk.is_tree and leftcount == 0 and rightcount == 0
  if leftcount == 1 or rightcount == 1 then
    leftlimit, rightlimit = leftcount + 1, rightcount + 1
  end
  if leftcount > leftlimit and rightcount > rightlimit then
    return true
  end

  lefts[left], rights[right] = leftcount + 1, rightcount + 1
  for key, value in next, left do
    local other = right[key]
    if other == nil then
      return false, { key }
    end
    local equal, keys = compare(value, other, false, walk, leftlimit, rightlimit)
    if not equal then
      keys = keys or {}
      insert(keys, key)
      return false, keys
    end
  end
  for key in next, right do
    if left[key] == nil then
      return false, { key }
    end
  end
  lefts[left], rights[right] = leftcount, rightcount
  if walk.is_tree then
    walk.equal[left] = right
  end
  return true
end

return function(left, right, ignores_metamethod)
  local walk = { lefts = {}, rights = {}, is_tree = true, equal = {} }
  return compare(left, right, ignores_metamethod, walk, 1, 1)
end
