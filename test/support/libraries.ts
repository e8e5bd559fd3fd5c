/** Lua that gathers in `lines`, sorted, what there is in every library, and in what modules are found by. */
export const libraryLines = `local lines = {}
local function list(name, t)
  for key, value in pairs(t) do lines[#lines + 1] = name .. "." .. tostring(key) .. " " .. type(value) end
end
list("_G", _G)
for _, name in ipairs { "coroutine", "debug", "io", "math", "os", "package", "string", "table" } do list(name, _G[name]) end
list("loaded", package.loaded)
list("preload", package.preload)
list("searchers", package.searchers or package.loaders)
table.sort(lines)
`;
