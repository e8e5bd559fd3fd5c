-- package.searchpath, which 5.1 has not.

local separator = sub(package.config, 1, 1)

-- The first file that a module of a name may be in, by a path; nil when none can be read.
return function(name, path)
  name = gsub(name, "%.", (gsub(separator, "%%", "%%%%")))
  for template in gmatch(path, "[^;]+") do
    local filename = gsub(template, "%?", (gsub(name, "%%", "%%%%")))
    local file = io.open(filename, "r")
    if file then
      file:close()
      return filename
    end
  end
  return nil
end
