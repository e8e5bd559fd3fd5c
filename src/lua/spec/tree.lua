-- The tree of blocks and tests of a file, and the stack of those that are running. A block is insulated while it
-- is the current one, or hands the globals that it sets on to a block around it, as its `envmode` says:
--
-- - "insulate": globals and loaded modules are put back at its end;
-- - "unwrap": what it sets belongs to the block around it (setup, before_each, …);
-- - "expose": what it sets belongs to the block two levels up, and insulation begins anew with it.

local platform = ...

local insulation = platform.import "spec/surroundings/insulation"
local namesOf = platform.import "spec/names"

return function()
  local root = { descriptor = "suite", attributes = {} }
  local current = root
  local parents, children = {}, {}
  local stack, states = {}, {}
  local tree = {}

  local function handOn(element, levels)
    local target = element
    for _ = 1, levels do
      target = target and parents[target]
    end
    element.env = element.env or {}
    setmetatable(element.env, {
      __newindex = function(_, key, value)
        if not target then
          globals[key] = value
          return
        end
        target.env = target.env or {}
        target.env[key] = value
      end,
    })
  end

  local function enter(element)
    local mode = element.attributes.envmode
    if mode == "unwrap" then handOn(element, 1) end
    if mode == "expose" then handOn(element, 2) end
    insert(states, mode == "insulate" and insulation.save() or false)
  end

  local function leave(element)
    local state = remove(states)
    if element.attributes.envmode == "expose" then states[#states] = states[#states] and insulation.save() end
    if state then insulation.restore(state) end
  end

  function tree.current()
    return current
  end

  function tree.parent(element)
    return parents[element]
  end

  function tree.children(element)
    return children[element] or {}
  end

  -- Makes an element the last child of the current one.
  function tree.attach(element)
    children[current] = children[current] or {}
    parents[element] = current
    insert(children[current], element)
  end

  function tree.push(element)
    if not parents[element] and element ~= root then error("Detached child. Cannot push.") end
    if current ~= element then enter(element) end
    insert(stack, current)
    current = element
  end

  function tree.pop()
    local element = current
    current = remove(stack)
    if current ~= element then leave(element) end
  end

  -- The file that an element is in, nil for what a helper has registered.
  function tree.file(element)
    local parent = parents[element]
    while parent do
      if parent.descriptor == "file" then return parent end
      parent = parents[parent]
    end
  end

  function tree.names(element, name)
    return namesOf(tree.parent, element, name)
  end

  return tree
end
