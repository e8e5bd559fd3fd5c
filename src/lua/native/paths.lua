-- Says where this Lua looks for modules, and nothing else: what runs it may print more.
io.stdout:write("\nluacov-ts path ", package.path, "\nluacov-ts cpath ", package.cpath, "\n")
io.stdout:flush()
os.exit(0)
