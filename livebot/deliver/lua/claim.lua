-- Takes an issue for one person, or renews their lease. The first claim begins the checking: received → verifying.
-- KEYS: 1 issue hash · 2 its history     ARGV: 1 actor · 2 lease in ms
-- Returns {'claimed', token, lease_until} | {'held', holder, lease_until} | {'done', state} | {'missing'}.
-- The token grows with every change of hands: show it with every later act, so that a claim that lapsed can do no harm.
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return {'missing'} end
if state == 'resolved' or state == 'closed' or state == 'rejected' or state == 'duplicate_of' then return {'done', state} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'holder', 'lease_until', 'token')
local holder, lease, token = held[1] or '', tonumber(held[2] or '0'), tonumber(held[3] or '0')
local lease_until = string.format('%.0f', now + tonumber(ARGV[2]))
if holder ~= '' and lease > now then
  if holder ~= ARGV[1] then return {'held', holder, held[2]} end
  redis.call('HSET', KEYS[1], 'lease_until', lease_until)
  return {'claimed', tostring(token), lease_until}
end
local at, to = string.format('%.0f', now), state
if state == 'received' or state == 'reopened' then to = 'verifying' end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'lease_until', lease_until, 'token', token + 1, 'state', to, 'updated_at', at)
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = 'claim', from = state, to = to, note = ''}))
return {'claimed', tostring(token + 1), lease_until}
