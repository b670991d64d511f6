-- Takes over what a consumer that died had read; what came back too often goes to the dead-letter stream.
-- KEYS: 1 stream · 2 dead letters
-- ARGV: 1 group · 2 consumer · 3 idle ms · 4 how many to look at · 5 deliveries after which an entry is dead
-- Returns {entries taken over, how many died}; an entry is {id, {field, value, …}, deliveries}.
local taken, died = {}, 0
for _, pending in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', ARGV[4])) do
  local id, consumer, deliveries = pending[1], pending[2], pending[4]
  local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
  if not entry then
    redis.call('XACK', KEYS[1], ARGV[1], id)
  elseif deliveries >= tonumber(ARGV[5]) then
    local fields = entry[2]
    for _, value in ipairs({'dead_entry', id, 'dead_group', ARGV[1], 'dead_consumer', consumer, 'dead_deliveries', deliveries}) do
      fields[#fields + 1] = value
    end
    redis.call('XADD', KEYS[2], '*', unpack(fields))
    redis.call('XACK', KEYS[1], ARGV[1], id)
    died = died + 1
  else
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], id)
    taken[#taken + 1] = {id, entry[2], deliveries + 1}
  end
end
return {taken, died}
