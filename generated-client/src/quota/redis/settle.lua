-- Learns what came of a call: whether it was sent, the quota as the answer told it (-1 where it did
-- not), and for how many milliseconds nobody may call.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'paused', 'ends', 'left', 'length', 'flight', 'expected')
local paused, ends, left = tonumber(kept[1] or 0), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
local length, flight = tonumber(kept[4] or 0), math.max(0, tonumber(kept[5] or 0) - 1)
local expected = tonumber(kept[6] or 0)
local sent, told, quota = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local window, reset, pause = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local day = 24 * 60 * 60 * 1000

if sent == 0 and ends > now then
  left = left + 1
end
if reset < 0 then
  reset = window
end
if told >= 0 and reset >= 0 then
  local new = now + reset
  local slack = length / 2
  local known = ends > now
  if not known or (expected == 0 and new > ends + slack) then
    -- The first word of a window.
    left, ends = math.max(0, told - flight), new
  elseif expected == 1 or new >= ends - slack then
    -- Another word of the same window. It can lower what is left, when others have called too; it
    -- can raise it only when nothing else is on its way.
    if flight == 0 then
      left = told
    elseif told < left then
      left = math.max(0, told - flight)
    end
    ends = new
  end
  if window < 0 then
    window = reset
  end
  redis.call('HSET', KEYS[1], 'expected', 0, 'length', window, 'quota', math.max(0, quota))
end
if pause > 0 then
  paused = math.max(paused, now + pause)
end
redis.call('HSET', KEYS[1], 'paused', paused, 'ends', ends, 'left', left, 'flight', flight)
redis.call('PEXPIRE', KEYS[1], day)
return 0
