-- Gives an issue back; its state stays as it is.
-- KEYS: 1 issue hash · 2 its history     ARGV: 1 actor · 2 token · 3 idempotency key ('' or none)
-- Returns {'ok'} | {'stale', holder} (another holds it now, or nobody does) | {'missing'}.
-- ── the same in every act: what is told to the desks, and what a repeated request hears ──
local base, id = string.match(KEYS[1], '^(.*):issue:(.*)$')
local function told(how, state, at, actor)
  redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
  redis.call('XADD', base .. ':updates', 'MAXLEN', '~', '10000', '*', 'id', id, 'how', how, 'state', state, 'at', at, 'actor', actor)
end
local function once(act, key)
  local said = (key or '') ~= '' and redis.call('GET', base .. ':act:' .. id .. ':' .. act .. ':' .. key)
  return said and cjson.decode(said)
end
local function answer(act, key, said)
  if (key or '') ~= '' then redis.call('SET', base .. ':act:' .. id .. ':' .. act .. ':' .. key, cjson.encode(said), 'PX', '604800000') end
  return said
end
-- ──
local before = once('release', ARGV[3])
if before then return before end
local held = redis.call('HMGET', KEYS[1], 'state', 'holder', 'token')
if not held[1] then return {'missing'} end
if held[2] ~= ARGV[1] or held[3] ~= ARGV[2] then return {'stale', held[2] or ''} end
local time = redis.call('TIME')
local at = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1], 'holder', '', 'lease_until', '0', 'updated_at', at)
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = 'release', from = held[1], to = held[1], note = ''}))
told('release', held[1], at, ARGV[1])
return answer('release', ARGV[3], {'ok'})
