-- luassert: `assert` with all that it can say.

local host = ...

host.import "luassert/assertions"
host.import "luassert/modifiers"
host.import "luassert/array"
host.import "luassert/matchers/init"
host.import "luassert/formatters/init"
host.import "luassert/languages/en"

return host.import "luassert/assert"
