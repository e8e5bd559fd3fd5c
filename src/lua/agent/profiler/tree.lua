-- The tree of calls: a node for each function as it was called from each place in the tree, by number; 0 is the top.
local functions, measuresMemory = ...
local concat, floor, format, next = table.concat, math.floor, string.format, next

local tree = {
  -- By node: seconds in itself, how often it was sampled and called, and bytes that it allocated.
  self = {}, samples = {}, calls = {}, allocated = {},
}
local parents, ids, children, lines = {}, {}, { [0] = {} }, {}
-- What the profiler itself took, in seconds.
tree.overhead = 0
-- What the calls are below that have no caller: the test that runs, where each is told by itself, or the top.
tree.base = 0

-- The node of a function below another. What is of ours is not seen.
function tree.child(parent, id)
  if id == 0 then return parent end
  local below = children[parent]
  local node = below[id]
  if node then return node end
  node = #parents + 1
  below[id], parents[node], ids[node], children[node] = node, parent, id, {}
  tree.self[node], tree.samples[node], tree.calls[node], tree.allocated[node] = 0, 0, 0, 0
  return node
end

-- The node of a stack, whose innermost function is the first one, and where in the stack that is. The host's own function is at the
-- end; what is of ours is its caller's, as are functions of C that it calls.
function tree.nodeOf(stack, depth)
  if functions.isNameless(stack[depth]) then depth = depth - 1 end
  local node, place, caller = tree.base, 0, 0
  for at = depth, 1, -1 do
    local id = stack[at]
    if at < depth and functions.hides(caller) and functions.isC(id) then id = 0 end
    if id ~= 0 then node, place = tree.child(node, id), at end
    caller = stack[at]
  end
  return node, place
end

-- Whether a node is of this function.
function tree.is(node, id)
  return ids[node] == id
end

-- At the top nothing of the program's runs.
function tree.spend(node, seconds, line)
  if node == 0 then return end
  tree.self[node] = tree.self[node] + seconds
  if not line or line < 1 then return end
  local own = lines[node]
  if not own then
    own = {}
    lines[node] = own
  end
  own[line] = (own[line] or 0) + seconds
end

function tree.allocate(node, bytes)
  if node ~= 0 then tree.allocated[node] = tree.allocated[node] + bytes end
end

local function micro(seconds)
  return floor(seconds * 1000000 + 0.5)
end

local function rowOf(node)
  local parts = {
    format("node %d %d %d %.0f %.0f %.0f", node, parents[node], ids[node], micro(tree.self[node]), tree.samples[node], tree.calls[node]),
    measuresMemory and format("%.0f", tree.allocated[node]) or "-",
  }
  for line, seconds in next, lines[node] or {} do parts[#parts + 1] = format("%d:%.0f", line, micro(seconds)) end
  return concat(parts, " ")
end

-- A row for each function, and for each node behind its parent's: number, parent, function, microseconds, samples, calls, bytes, and
-- microseconds by line.
function tree.rows(add)
  functions.rows(add)
  for node = 1, #parents do add(rowOf(node)) end
  add(format("overhead %.0f", micro(tree.overhead)))
end

-- What a fork has of its parent is the parent's.
function tree.forget()
  for node = 1, #parents do
    tree.self[node], tree.samples[node], tree.calls[node], tree.allocated[node] = 0, 0, 0, 0
    lines[node] = nil
  end
  tree.overhead = 0
end

return tree
