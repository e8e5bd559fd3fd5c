-- Modules that elsewhere are written in C, and the files here that have them.
return {
  lfs = "lfs",
  system = "system",
  ["system.core"] = "system",
  term = "term/term",
  ["term.core"] = "term/core",
  ["term.colors"] = "term/colors",
  ["term.cursor"] = "term/cursor",
}
