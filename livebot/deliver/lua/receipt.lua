-- Gives an issue a receipt code that may be said in public, once: who asks again hears the same one.
-- KEYS: 1 issue hash · 2 codes     ARGV: 1 a new code
-- Returns {'ok', the issue's code} | {'taken'}: another issue has this code, come with another one | {'missing'}.
local base, id = string.match(KEYS[1], '^(.*):issue:(.*)$')
local held = redis.call('HMGET', KEYS[1], 'state', 'receipt')
if not held[1] then return {'missing'} end
if held[2] and held[2] ~= '' then return {'ok', held[2]} end
if redis.call('HSETNX', KEYS[2], ARGV[1], id) == 0 then return {'taken'} end
redis.call('HSET', KEYS[1], 'receipt', ARGV[1])
redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
return {'ok', ARGV[1]}
