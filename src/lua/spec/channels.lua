-- Publishing and subscribing as busted's users know it: a channel is named by a list such as { "test", "end" },
-- and what is published goes to its subscribers, then to those of { "test" }. A subscriber that does not return
-- true as its second result is the last one to hear.

local function newChannel(parent)
  return { parent = parent, subscribers = {}, children = {} }
end

local function channelOf(root, names)
  local channel = root
  for _, name in ipairs(names) do
    channel.children[name] = channel.children[name] or newChannel(channel)
    channel = channel.children[name]
  end
  return channel
end

-- Where a subscriber goes: its priority is a position, when that is before the end.
local function position(channel, priority)
  local last = #channel.subscribers + 1
  if priority and priority >= 0 and priority < last then return priority end
  return last
end

local function tell(channel, results, ...)
  for _, subscriber in ipairs(channel.subscribers) do
    local predicate = subscriber.options.predicate
    if not predicate or predicate(...) then
      local result, continue = subscriber.fn(...)
      if result then insert(results, result) end
      if not continue then return results end
    end
  end
  if channel.parent then return tell(channel.parent, results, ...) end
  return results
end

local function removeFrom(channel, id)
  for index, subscriber in ipairs(channel.subscribers) do
    if subscriber.id == id then return remove(channel.subscribers, index) end
  end
  for _, child in pairs(channel.children) do
    local removed = removeFrom(child, id)
    if removed then return removed end
  end
end

return function()
  local root = newChannel(nil)
  local lastId = 0
  local channels = {}

  function channels.subscribe(names, fn, options)
    lastId = lastId + 1
    local subscriber = { id = lastId, fn = fn, options = options or {} }
    local channel = channelOf(root, names)
    insert(channel.subscribers, position(channel, subscriber.options.priority), subscriber)
    return subscriber
  end

  function channels.unsubscribe(id, names)
    return removeFrom(channelOf(root, names), id)
  end

  function channels.publish(names, ...)
    return tell(channelOf(root, names), {}, ...)
  end

  return channels
end
