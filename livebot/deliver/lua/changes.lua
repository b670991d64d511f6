-- livebot's own: the issues whose place in the inbox may be out of date, since something was done to them, or a lease or a clock ran out.
-- KEYS: 1 changed · 2 turn · 3 alarms     ARGV: 1 how many at most
-- Returns {Unix ms, {id, stamp, id, stamp, …}}.
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', '0', ARGV[1])) do
  redis.call('ZREM', KEYS[3], id)
  redis.call('HSET', KEYS[1], id, redis.call('INCR', KEYS[2]))
end
return {now, redis.call('HRANDFIELD', KEYS[1], ARGV[1], 'WITHVALUES')}
