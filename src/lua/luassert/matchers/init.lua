-- All matchers.

local platform = ...

platform.import "luassert/matchers/core"
platform.import "luassert/matchers/composite"
