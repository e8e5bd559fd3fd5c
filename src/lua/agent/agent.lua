-- What measures inside a native Lua: it gives the copy with probes to whatever loads a source, and leaves what the
-- copies have counted in a file for the command that started the program. It runs before the program does: from
-- LUA_INIT, or by the `dofile` of a host that does not read it.
local getenv, getinfo, loadfile = os.getenv, debug.getinfo, loadfile
local here = getinfo(1, "S").source:match "^@(.*[/\\])" or "./"

local function part(name, ...)
  return assert(loadfile(here .. name .. ".lua"))(...)
end

local folder = getenv "LUACOV_TS_FOLDER"
if folder and folder ~= "" and not rawget(string, "luacov_ts") then
  local ownFolder = getenv "LUACOV_TS_HITS"
  local hits = part("hits", ownFolder and ownFolder ~= "" and ownFolder or folder)
  rawset(string, "luacov_ts", hits.probe)
  local sources = part("sources", folder, hits)
  local loading = part("loading", sources, hits, here)
  local newGuard = part "guard"
  part("ends", hits, loading.refusal, newGuard)
  if getenv "LUACOV_TS_COLLECTOR" == "hook" then
    hits.hook = part("hook", sources, hits, loading.refusal, function() return sources.everywhere end)
    hits.hook.start()
  else
    function hits.fallBack()
      hits.hook = hits.hook or part("hook", sources, hits, loading.refusal, hits.hookedPlaces)
      hits.hook.start()
    end
    part("script", loading, hits, newGuard)
    loading.install()
    part("searcher", loading.fromFile)
  end
end

-- Whoever has set LUA_INIT finds it run as before.
return part("init", here)()
