-- luassert: `assert` with all that it can say.

local platform = ...

platform.import "luassert/assertions"
platform.import "luassert/modifiers"
platform.import "luassert/array"
platform.import "luassert/matchers/init"
platform.import "luassert/formatters/init"
platform.import "luassert/languages/en"

return platform.import "luassert/assert"
