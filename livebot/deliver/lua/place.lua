-- livebot's own: puts issues where they belong in the inbox: one sorted set for each thing that one can ask for.
-- KEYS: 1 changed · 2 places · 3 alarms · 4 clocks · 5 words · 6 facets
-- ARGV: 1 what all names begin with · 2 JSON [{id, stamp, score, alarm, words, told: [field, value, …], sets: […], clocks: [[clock, due], …]}, …],
--       all strings
-- An issue that changed again meanwhile (another stamp) stays as it is: it will come again.
-- Returns how many were placed.
local placed = 0
for _, item in ipairs(cjson.decode(ARGV[2])) do
  local id, stays = item.id, {}
  if redis.call('HGET', KEYS[1], id) == item.stamp then
    for _, set in ipairs(item.sets) do stays[set] = true end
    local places = redis.call('HGET', KEYS[2], id)
    for _, set in ipairs(places and cjson.decode(places) or {}) do
      if not stays[set] then redis.call('ZREM', ARGV[1] .. ':in:' .. set, id) end
    end
    for _, set in ipairs(item.sets) do
      redis.call('ZADD', ARGV[1] .. ':in:' .. set, item.score, id)
      if not string.find(set, ':viewer:', 1, true) then redis.call('SADD', KEYS[6], set) end
    end
    redis.call('HSET', KEYS[2], id, cjson.encode(item.sets))
    redis.call('HSET', KEYS[5], id, item.words)
    if item.alarm ~= '0' then redis.call('ZADD', KEYS[3], item.alarm, id) else redis.call('ZREM', KEYS[3], id) end
    redis.call('ZREM', KEYS[4], 'respond|' .. id, 'resolve|' .. id)
    for _, clock in ipairs(item.clocks) do redis.call('ZADD', KEYS[4], clock[2], clock[1] .. '|' .. id) end
    redis.call('HSET', ARGV[1] .. ':issue:' .. id, unpack(item.told))
    redis.call('HDEL', KEYS[1], id)
    placed = placed + 1
  end
end
return placed
