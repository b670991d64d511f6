-- Changes fields of announcements. A stream's entries are immutable, and deleted ones stay in its memory and on its server's disk: so the
-- stream is put together anew, with the same ids, groups and deliveries. Atomic.
-- KEYS: 1 stream · ARGV: 1 JSON {entry: {field: value, …}}, all strings
-- Returns how many entries were changed.
local function named(flat)
  local found = {}
  for i = 1, #flat, 2 do found[flat[i]] = flat[i + 1] end
  return found
end
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local changes, changed = cjson.decode(ARGV[1]), 0
local entries = redis.call('XRANGE', KEYS[1], '-', '+')
local last = named(redis.call('XINFO', 'STREAM', KEYS[1]))['last-generated-id']
local groups = {}
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local group = named(flat)
  groups[#groups + 1] = {group['name'], group['last-delivered-id'], redis.call('XPENDING', KEYS[1], group['name'], '-', '+', 1000000)}
end
redis.call('DEL', KEYS[1])
for _, entry in ipairs(entries) do
  local new = changes[entry[1]]
  if new then
    changed = changed + 1
    local fields = named(entry[2])
    for field, value in pairs(new) do
      if not fields[field] then
        entry[2][#entry[2] + 1] = field
        entry[2][#entry[2] + 1] = value
      end
    end
    for i = 1, #entry[2], 2 do entry[2][i + 1] = new[entry[2][i]] or entry[2][i + 1] end
  end
  redis.call('XADD', KEYS[1], entry[1], unpack(entry[2]))
end
for _, group in ipairs(groups) do
  redis.call('XGROUP', 'CREATE', KEYS[1], group[1], group[2], 'MKSTREAM')
end
if #entries > 0 or #groups > 0 then redis.call('XSETID', KEYS[1], last) end
for _, group in ipairs(groups) do
  for _, pending in ipairs(group[3]) do
    redis.call('XCLAIM', KEYS[1], group[1], pending[2], '0', pending[1], 'IDLE', pending[3], 'RETRYCOUNT', pending[4], 'FORCE', 'JUSTID')
  end
end
return changed
