-- Gives an issue back; its state stays as it is.
-- KEYS: 1 issue hash · 2 its history     ARGV: 1 actor · 2 token
-- Returns {'ok'} | {'stale', holder} (another holds it now, or nobody does) | {'missing'}.
local held = redis.call('HMGET', KEYS[1], 'state', 'holder', 'token')
if not held[1] then return {'missing'} end
if held[2] ~= ARGV[1] or held[3] ~= ARGV[2] then return {'stale', held[2] or ''} end
local time = redis.call('TIME')
local at = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
redis.call('HSET', KEYS[1], 'holder', '', 'lease_until', '0', 'updated_at', at)
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = 'release', from = held[1], to = held[1], note = ''}))
return {'ok'}
