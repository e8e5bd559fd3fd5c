-- What an embedded Lua of PUC-Rio's is started with: the folder of our Lua files; what to run, as a Lua text; and functions of
-- the engine's, which are C functions to Lua:
--
-- - `call(primitive, ...)`: calls one of the host's primitives;
-- - `send(line)`: takes the lines of our news;
-- - `keep(f)`: keeps what to do when the program is to end;
-- - `modules(f)`: `f` gives the loader of a module that is built in, by its name;
-- - `export(f)`: `f` as a C function, ended by `argerror(n, text)`, `typeerror(n, expected)` or `raise(text)`;
-- - `handle()`: a new userdata without a metatable; `descriptor(file)`: the number of the stream of an open file;
-- - `trusted`: in a sandbox, a table of `open`, `rename` and `remove` that write counters of ours; else nil.

local folder, job, host = ...

-- What a file of ours is before it runs, as a chunk that is named as C is; `environment` may be nil.
local function own(name, environment)
  local file = assert(io.open(folder .. name .. ".lua", "rb"))
  local text = file:read "*a"
  file:close()
  if not setfenv then return assert(load(text, "=[C]", "t", environment or _G)) end
  local main = assert(loadstring(text, "=[C]"))
  return environment and setfenv(main, environment) or main
end

return own "native/start"(own, (loadstring or load)(job, "=job")(), host)
