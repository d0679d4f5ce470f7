-- Takes one call out of the budget of a store. Answers for how many milliseconds there is none (0
-- when the call may be made), and the number of the window that it was taken from.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = redis.call('HMGET', KEYS[1], 'paused', 'ends', 'left', 'quota', 'length', 'flight', 'old', 'window',
  'last', 'most', 'trial')
local paused, ends, left = tonumber(kept[1] or 0), tonumber(kept[2] or 0), tonumber(kept[3] or 0)
local quota, length = tonumber(kept[4] or 0), tonumber(kept[5] or 0)
-- Calls that are on their way, of this window and of the one before.
local flight, old, window = tonumber(kept[6] or 0), tonumber(kept[7] or 0), tonumber(kept[8] or 0)
-- When a call was last let go or an answer told something, and for how long at most nobody calls.
local last, most = tonumber(kept[9] or 0), tonumber(kept[10] or 120000)
-- Until when the others wait for the answer to a call that goes ahead; 0 when none does.
local trial = tonumber(kept[11] or 0)
local day = 24 * 60 * 60 * 1000

local bound = last + most
local overdue = bound <= now
-- A clock that was set back makes nothing of the times that are kept.
local stuck = last > now + 1000 or (overdue and (paused >= bound or (left <= 0 and ends >= bound)))
if not stuck and paused > now then
  return { math.min(paused, bound) - now, window }
end
if not stuck and paused <= 0 and trial > now then
  -- They ask again soon, for the answer may come sooner.
  return { math.min(trial - now, 250), window }
end
-- All who waited for the end of a pause ask at once. One goes ahead, lest they are refused together.
local ahead = not stuck and paused > 0
if not stuck and not ahead and ends > 0 and ends <= now then
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
if not stuck and not ahead and ends > 0 and left <= 0 then
  if not overdue then
    return { math.max(1, math.min(ends, bound) - now), window }
  end
  stuck = true
end
if stuck or ahead then
  -- What was believed has held everyone up for as long as it may, or until the end of a pause. This call finds
  -- out what is true, and the others give it a second before one more goes.
  ends, left, flight, window = 0, 0, 0, window + 1
  trial = now
  redis.call('HSET', KEYS[1], 'paused', 0, 'ends', 0, 'quota', 0, 'old', 0, 'window', window, 'expected', 0)
end
if trial > 0 then
  redis.call('HSET', KEYS[1], 'trial', now + 1000)
end
if ends > 0 then
  left = left - 1
end
redis.call('HSET', KEYS[1], 'left', left, 'flight', flight + 1, 'last', now)
redis.call('PEXPIRE', KEYS[1], day)
return { 0, window }
