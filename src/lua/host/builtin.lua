-- Modules that elsewhere are written in C, and the files here that have them.
return {
  lfs = "lfs",
  system = "system",
  ["system.core"] = "system",
  term = "term",
  ["term.core"] = "term_core",
  ["term.colors"] = "term_colors",
  ["term.cursor"] = "term_cursor",
}
