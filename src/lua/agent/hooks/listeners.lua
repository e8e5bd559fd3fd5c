-- Who hears of which events in one coroutine.
local find, ipairs, next = string.find, ipairs, next
local jit = jit

local listeners = {}

local letters = { call = "c", ["tail call"] = "c", ["return"] = "r", ["tail return"] = "r", line = "l" }

function listeners.clientsOf(clients, key)
  local own = {}
  for i = 1, #clients do
    local thread = clients[i].thread
    if thread == nil or jit or thread == key then own[#own + 1] = clients[i] end
  end
  return own
end

-- What a client listens to in one coroutine, where `narrowed` may have other masks than its own.
function listeners.maskOf(client, narrowed)
  return narrowed and narrowed[client] or client.mask
end

-- Lists of clients by event, and the mask for them and for the program's own hook, which may be nil.
function listeners.of(clients, theirs, narrowed)
  local lists, masks, mask = {}, {}, ""
  for i = 1, #clients do masks[i] = narrowed and narrowed[clients[i]] or clients[i].mask end
  for event, letter in next, letters do
    local list = {}
    for i = 1, #clients do
      if masks[i] ~= "" and find(masks[i], letter, 1, true) then list[#list + 1] = clients[i] end
    end
    lists[event] = list
  end
  for _, event in ipairs { "call", "return", "line" } do
    if #lists[event] > 0 or theirs and theirs.wants[event] then mask = mask .. letters[event] end
  end
  return lists, mask
end

return listeners
