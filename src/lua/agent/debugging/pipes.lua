-- How a debugger speaks with who shows it, through named pipes. A line that arrives has its length before it: where fgets reads lines,
-- zeros end them.
local request = ...
local open, remove, pcall, tonumber = io.open, os.remove, pcall, tonumber
local stdout, stderr = io.stdout, io.stderr
local requests, replies = open(request.requests, "rb"), open(request.replies, "wb")
local read, write, flush, close = requests.read, replies.write, replies.flush, requests.close

local channel = { folder = request.folder }

function channel.send(line)
  write(replies, line, "\n")
  flush(replies)
end

function channel.receive()
  -- Who waits is to see what the program has written so far, which may have closed its output.
  pcall(flush, stdout)
  pcall(flush, stderr)
  local length = tonumber((read(requests, "*l")))
  -- To read nothing is to wait for more.
  return length == 0 and "" or length and read(requests, length)
end

function channel.wantsPause()
  local asked = open(request.pause)
  if not asked then return false end
  close(asked)
  remove(request.pause)
  return true
end

return channel
