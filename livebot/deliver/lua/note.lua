-- Writes a line into an issue's history: a note of staff, or what they said in the room. Anybody may, whoever holds it.
-- KEYS: 1 issue hash · 2 its history     ARGV: 1 actor · 2 'note' or 'reply' · 3 text, masked · 4 idempotency key ('' or none)
-- Returns {'ok'} | {'missing'}.
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
local before = once(ARGV[2], ARGV[4])
if before then return before end
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return {'missing'} end
local time = redis.call('TIME')
local at = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1], 'updated_at', at)
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = ARGV[2], from = state, to = state, note = ARGV[3]}))
told(ARGV[2], state, at, ARGV[1])
return answer(ARGV[2], ARGV[4], {'ok'})
