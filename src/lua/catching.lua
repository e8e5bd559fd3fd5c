-- Has a debugger told of what an installed framework catches: its next xpcall gets a handler that tells before its own one runs.

local platform = ...

local xpcall = xpcall

-- A framework's function that begins with catching, in place of `catch`. `isFailure` says whether what was thrown is one.
return function(catch, isFailure)
  if not platform.debugs() then return catch end
  return function(...)
    local own = globals.xpcall
    globals.xpcall = function(run, handler)
      globals.xpcall = own
      return xpcall(run, function(thrown)
        if isFailure(thrown) then platform.failed(thrown, 2) end
        return handler(thrown)
      end)
    end
    return catch(...)
  end
end
