-- Learns what came of a call: whether it was sent, the quota as the answer told it (-1 where it did
-- not), for how many milliseconds nobody may call, which window the call was taken from, and for how
-- long at most nobody calls.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'paused', 'ends', 'left', 'length', 'flight', 'old', 'window', 'expected',
  'last', 'trial')
local paused, ends, left = tonumber(kept[1] or 0), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
local length, flight, old = tonumber(kept[4] or 0), tonumber(kept[5] or 0), tonumber(kept[6] or 0)
local window, expected, last = tonumber(kept[7] or 0), tonumber(kept[8] or 0), tonumber(kept[9] or 0)
local trial = tonumber(kept[10] or 0)
local sent, told, quota = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local new_length, reset, pause = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local current = tonumber(ARGV[7]) == window
local day = 24 * 60 * 60 * 1000

if current then
  flight = math.max(0, flight - 1)
  if sent == 0 and ends > now then
    left = left + 1
  end
else
  old = math.max(0, old - 1)
end
if current and sent ~= 0 then
  -- The call that went ahead got its answer, or may have been counted without one.
  trial = 0
end
if reset < 0 then
  reset = new_length
end
-- An answer about a window that is over says nothing.
if told >= 0 and reset >= 0 and current then
  local new = now + reset
  local certain = math.max(0, told - flight - old)
  if ends == 0 or (expected == 0 and new > ends + length / 2) then
    -- The first word of a window.
    left = certain
    flight, old, window = 0, flight, window + 1
  elseif told < left then
    -- Answers overtake each other, so another word of the same window can lower what is left, when
    -- others have called too, and never raise it.
    left = certain
  end
  if new_length < 0 then
    new_length = reset
  end
  ends = new
  redis.call('HSET', KEYS[1], 'expected', 0, 'length', new_length, 'quota', math.max(0, quota))
end
if pause > 0 then
  paused = math.max(paused, now + pause)
end
-- That the clock was set back is for the next call to see.
if (told >= 0 or pause > 0) and last <= now + 1000 then
  redis.call('HSET', KEYS[1], 'last', now)
end
redis.call('HSET', KEYS[1], 'paused', paused, 'ends', ends, 'left', left, 'trial', trial)
redis.call('HSET', KEYS[1], 'flight', flight, 'old', old, 'window', window, 'most', tonumber(ARGV[8]))
redis.call('PEXPIRE', KEYS[1], day)
return 0
