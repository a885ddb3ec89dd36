-- Asks for one of the files f00000, f00001, ... at random; how many there are is the only argument.
local files

function init(args)
  files = tonumber(args[1])
  math.randomseed(os.time())
end

function request()
  return wrk.format("GET", string.format("/f%05d", math.random(0, files - 1)))
end
