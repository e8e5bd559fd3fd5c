-- All matchers.

local host = ...

host.import "luassert/matchers/core"
host.import "luassert/matchers/composite"
