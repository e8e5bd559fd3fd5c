-- Clocks and waiting: the best that the Lua at hand has without modules that would have to be installed.

local globals, os, package = globals, os, package

-- Neovim's.
local function ofLibuv(uv)
  return {
    monotonic = function()
      return uv.hrtime() / 1e9
    end,
    time = function()
      local seconds, microseconds = uv.gettimeofday()
      return seconds + microseconds / 1e6
    end,
    sleep = function(seconds)
      uv.sleep(floor(seconds * 1000 + 0.5))
    end,
  }
end

-- LuaJIT's way to C. The names are other ones than C's, which a program may declare otherwise.
local function ofSystem(ffi, system)
  ffi.cdef [[
    typedef struct { long seconds, nanoseconds; } luacov_ts_timespec;
    int luacov_ts_gettime(int clock, luacov_ts_timespec *now) __asm__("clock_gettime");
    int luacov_ts_sleep(const luacov_ts_timespec *wanted, luacov_ts_timespec *rest) __asm__("nanosleep");
  ]]
  local C, now = ffi.C, ffi.new "luacov_ts_timespec"
  local function read(clock)
    C.luacov_ts_gettime(clock, now)
    return tonumber(now.seconds) + tonumber(now.nanoseconds) / 1e9
  end
  local monotonic = system == "OSX" and 6 or 1
  read(monotonic)
  return {
    monotonic = function() return read(monotonic) end,
    time = function() return read(0) end,
    sleep = function(seconds)
      local wanted = ffi.new "luacov_ts_timespec"
      wanted.seconds = floor(seconds)
      wanted.nanoseconds = floor((seconds - floor(seconds)) * 1e9)
      while C.luacov_ts_sleep(wanted, wanted) ~= 0 do end
    end,
  }
end

-- The seconds since the machine started, in steps of a hundredth; nil where there is no such file.
local function uptime()
  local file = io.open("/proc/uptime", "r")
  if not file then return nil end
  pcall(file.setvbuf, file, "no")
  return function()
    file:seek("set", 0)
    return tonumber(match(file:read(32) or "", "^[%d.]+"))
  end
end

-- Between two steps of a coarse clock, what the processor was busy for has certainly passed.
local function refined(coarse, step)
  local cpu = os.clock
  local now, last = coarse(), cpu()
  return function()
    local busy, least = cpu(), coarse()
    now = max(now + max(busy - last, 0), least)
    -- By no condition: a limit of instructions ends a program at the same one each time.
    now = min(now, max(least + step, now - (busy - last)))
    last = busy
    return now
  end
end

local function sleep(seconds)
  local system, socket = package.loaded.system, package.loaded.socket
  if type(system) == "table" and system.sleep then return system.sleep(seconds) end
  if type(socket) == "table" and socket.sleep then return socket.sleep(seconds) end
  local wanted = gsub(format("%.3f", seconds), ",", ".")
  if sub(package.config, 1, 1) == "/" then return os.execute("sleep " .. wanted) end
  local due = os.time() + seconds
  repeat until os.time() >= due
end

local function ofLua()
  local coarse = uptime()
  local time = refined(os.time, 1)
  return { monotonic = coarse and refined(coarse, 0.01) or time, time = time, sleep = sleep }
end

local function ofLuaJIT()
  local jit, preload = globals.jit, package.preload.ffi
  if type(jit) ~= "table" or jit.os == "Windows" or not preload then return nil end
  local ok, found = pcall(function()
    return ofSystem(require "ffi", jit.os)
  end)
  return ok and found or nil
end

local vim = globals.vim
local uv = type(vim) == "table" and (vim.uv or vim.loop)
return uv and ofLibuv(uv) or ofLuaJIT() or ofLua()
