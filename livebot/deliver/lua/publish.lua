-- Announces issues, each once, whatever is sent again. Atomic; the mark and the stream roll back together.
-- KEYS: 1 stream · 2 producers · 3 all · 4 open · 5… one issue hash per item
-- ARGV: 1 group · 2 producer · 3 the mark the producer believes in · 4 JSON [[seq, id, created_at, [field, value, …]], …], all strings
-- Returns {mark, added}. A mark lower than ARGV[3] means that the server lost data: nothing was added, send again from mark + 1.
local mark = tonumber(redis.call('HGET', KEYS[2], ARGV[2]) or '0')
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
end
if mark < tonumber(ARGV[3]) then
  return {mark, 0}
end
local base, added = string.match(KEYS[3], '^(.*):all$'), {}
for i, item in ipairs(cjson.decode(ARGV[4])) do
  local seq, id, created, fields = tonumber(item[1]), item[2], item[3], item[4]
  if seq > mark then
    mark = seq
    local issue = KEYS[4 + i]
    if redis.call('EXISTS', issue) == 0 then
      local entry = redis.call('XADD', KEYS[1], '*', unpack(fields))
      redis.call('HSET', issue, 'state', 'received', 'updated_at', created, 'entry', entry, unpack(fields))
      redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
      added[#added + 1] = created
      added[#added + 1] = id
    end
  end
end
for first = 1, #added, 1000 do
  local last = math.min(first + 999, #added)
  redis.call('ZADD', KEYS[3], unpack(added, first, last))
  redis.call('ZADD', KEYS[4], unpack(added, first, last))
end
redis.call('HSET', KEYS[2], ARGV[2], string.format('%.0f', mark))
return {mark, #added / 2}
