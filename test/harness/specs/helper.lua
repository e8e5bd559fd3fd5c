local busted = require "busted"
helper_ran = table.concat(arg, ",")
busted.before_each(function() helped = (helped or 0) + 1 end)
busted.subscribe({ "suite", "start" }, function() suite_seen = true return nil, true end)
