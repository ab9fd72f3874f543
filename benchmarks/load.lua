-- For wrk: takes its requests from a file, one after the other, and counts the answers that are not what they should be.
-- First line: status, tab, a word of the page (may be empty). Then a request each: method, path, cookie, body, body of the next time round.
local number = 0
local threads = {}

function setup(thread)
  thread:set("mine", number)
  number = number + 1
  table.insert(threads, thread)
end

function init(args)
  wanted, requests, turn, wrong = {}, {}, 0, 0
  local head = true
  for line in io.lines(args[1]) do
    local fields = {}
    for field in (line .. "\t"):gmatch("([^\t]*)\t") do fields[#fields + 1] = field end
    if head then status, word, head = tonumber(fields[1]), fields[2], false
    else requests[#requests + 1] = fields end
  end
  turn = mine * 7
end

function request()
  local round = math.floor(turn / #requests) % 2
  local one = requests[turn % #requests + 1]
  turn = turn + 1
  local headers = { Cookie = one[3] }
  if one[1] == "GET" then return wrk.format("GET", one[2], headers) end
  headers["Content-Type"] = "application/x-www-form-urlencoded"
  return wrk.format("POST", one[2], headers, round == 0 and one[4] or one[5])
end

function response(got, headers, body)
  if got ~= status or (word ~= "" and not body:find(word, 1, true)) then wrong = wrong + 1 end
end

function done(summary, latency, rate)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
  local lost = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  print(string.format("RESULT %d %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50), latency:percentile(95), bad, lost))
end
