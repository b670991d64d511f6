-- livebot's own: a clock ran out. Staff are reminded of it once, and one daemon at a time pages them, whatever is asked again or killed.
-- KEYS: 1 reminders · 2 what this issue was reminded of · 3 pages on their way · 4 clocks
-- ARGV: 1 issue id · 2 key · 3 text · 4 clock ('respond' or 'resolve') · 5 daemon · 6 ms for which it is this daemon's
--       7 what it wants: 'take' · 'doing' (the page leaves now) · 'later' (it certainly did not arrive) · 'done' ·
--         'drop' (there is nothing to tell)
-- Returns 'new' (reminded now, and yours) | 'again' (yours: nobody paged yet) | 'busy' (another's) | 'doubt' (another's, who died while the
-- page left) | 'known' (all done) for 'take'; 'ok' | 'lost' (it is another's by now) for the others.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at, page, until_ = string.format('%.0f', now), ARGV[1] .. '|' .. ARGV[2], string.format('%.0f', now + tonumber(ARGV[6]))
local function own(state)
  redis.call('HSET', KEYS[3], page, cjson.encode({state, ARGV[5], until_}))
end
local function finish(said)
  redis.call('HDEL', KEYS[3], page)
  redis.call('ZREM', KEYS[4], ARGV[4] .. '|' .. ARGV[1])
  return said
end
if ARGV[7] == 'drop' then return finish('ok') end
local held = redis.call('HGET', KEYS[3], page)
local state, owner, lease = unpack(held and cjson.decode(held) or {'', '', '0'})
if ARGV[7] == 'take' then
  if redis.call('SADD', KEYS[2], ARGV[2]) == 1 then
    redis.call('XADD', KEYS[1], '*', 'id', ARGV[1], 'key', ARGV[2], 'text', ARGV[3], 'at', at)
    own('waiting')
    return 'new'
  end
  if state == '' then return finish('known') end
  if owner ~= ARGV[5] and tonumber(lease) > now then return 'busy' end
  if state == 'doing' then return finish('doubt') end
  own('waiting')
  return 'again'
end
if owner ~= ARGV[5] then return 'lost' end
if ARGV[7] == 'done' then return finish('ok') end
own(ARGV[7] == 'doing' and 'doing' or 'waiting')
return 'ok'
