-- The number of this process, by which a fork knows that it is not its parent any more: as the system tells it, or what
-- the program has loaded by then, since Lua alone does not fork. "" where nothing tells.
local open, format, match, pcall, type = io.open, string.format, string.match, pcall, type
local jit, loaded, require = jit, package.loaded, require

local function systems()
  local stat = open("/proc/self/stat", "rb")
  if not stat then return nil end
  local id = match(stat:read(32) or "", "^%d+")
  stat:close()
  return id
end

local isDeclared = false

local function foreign(ffi)
  if not isDeclared then
    ffi.cdef 'int luacov_ts_process(void) __asm__("getpid");'
    isDeclared = true
  end
  return ffi.C.luacov_ts_process()
end

-- A module that may be there, and how it tells.
local modules = {
  { "ffi", foreign },
  { "ngx", function(ngx) return ngx.worker.pid() end },
  { "luv", function(luv) return luv.os_getpid() end },
  { "vim", function(vim) return (vim.uv or vim.loop).os_getpid() end },
  { "posix.unistd", function(unistd) return unistd.getpid() end },
  { "posix", function(posix) return posix.getpid "pid" end },
  { "tarantool", function(tarantool) return tarantool.pid() end },
}

-- Who forks in LuaJIT does it by this.
if jit and not systems() then pcall(require, "ffi") end

return function()
  local id = systems()
  if id then return id end
  for index = 1, #modules do
    local module, tell = loaded[modules[index][1]], modules[index][2]
    local ok, own = pcall(tell, module)
    if module and ok and type(own) == "number" then return format("%.0f", own) end
  end
  return ""
end
