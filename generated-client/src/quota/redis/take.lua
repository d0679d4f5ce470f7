-- Takes one call out of the budget of a store. Answers for how many milliseconds there is none (0
-- when the call may be made), and the number of the window that it was taken from.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'paused', 'ends', 'left', 'quota', 'length', 'flight', 'old', 'window')
local paused, ends, left = tonumber(kept[1] or 0), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
local quota, length = tonumber(kept[4] or 0), tonumber(kept[5] or 0)
-- Calls that are on their way, of this window and of the one before.
local flight, old, window = tonumber(kept[6] or 0), tonumber(kept[7] or 0), tonumber(kept[8] or 0)
local day = 24 * 60 * 60 * 1000

if paused > now then
  return { paused - now, window }
end
if ends > 0 and ends <= now then
  -- A window that has ended is followed by one that is expected to be the same. What is on its way
  -- may arrive in it; what has been on its way for longer than a window is forgotten.
  if quota > 0 and length > 0 then
    left, ends = math.max(0, quota - flight - old), now + length
  else
    left, ends = 0, 0
  end
  flight, old, window = 0, flight, window + 1
  redis.call('HSET', KEYS[1], 'ends', ends, 'left', left, 'flight', 0, 'old', old, 'window', window, 'expected', 1)
end
if ends > 0 then
  if left <= 0 then
    return { math.max(1, ends - now), window }
  end
  left = left - 1
end
redis.call('HSET', KEYS[1], 'left', left, 'flight', flight + 1)
redis.call('PEXPIRE', KEYS[1], day)
return { 0, window }
