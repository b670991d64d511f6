-- Takes an issue for one person, or renews their lease. The first claim begins the checking: received → verifying.
-- KEYS: 1 issue hash · 2 its history
-- ARGV: 1 actor · 2 lease in ms · 3 '1': take it even from whoever holds it ('' or none: do not) · 4 idempotency key ('' or none)
-- Returns {'claimed', token, lease_until} | {'held', holder, lease_until} | {'done', state} | {'missing'}.
-- The token grows with every change of hands: show it with every later act, so that a claim that lapsed can do no harm.
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
local before = once('claim', ARGV[4])
if before then return before end
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return {'missing'} end
if state == 'resolved' or state == 'closed' or state == 'rejected' or state == 'duplicate_of' then return {'done', state} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'holder', 'lease_until', 'token')
local holder, lease, token = held[1] or '', tonumber(held[2] or '0'), tonumber(held[3] or '0')
local at, lease_until = string.format('%.0f', now), string.format('%.0f', now + tonumber(ARGV[2]))
local act, note = 'claim', ''
if holder ~= '' and lease > now then
  if holder == ARGV[1] then
    redis.call('HSET', KEYS[1], 'lease_until', lease_until)
    redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
    return answer('claim', ARGV[4], {'claimed', tostring(token), lease_until})
  end
  if ARGV[3] ~= '1' then return {'held', holder, held[2]} end
  act, note = 'takeover', holder
end
local to = state
if state == 'received' or state == 'reopened' then to = 'verifying' end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'lease_until', lease_until, 'token', token + 1, 'state', to, 'updated_at', at)
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = act, from = state, to = to, note = note}))
told(act, to, at, ARGV[1])
return answer('claim', ARGV[4], {'claimed', tostring(token + 1), lease_until})
