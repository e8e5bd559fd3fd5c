error("helper is broken")
