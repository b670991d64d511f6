-- Tells what became of announced issues: more viewers, repeats, a higher priority. Each change is announced once; one that is there
-- already is left alone. Whoever comes back to an issue that was done opens it again, or the one that it was merged into. Atomic with the mark.
-- KEYS: 1 updates · 2 producers · 3 open · 4… for each item its issue hash and its history
-- ARGV: 1 producer · 2 the issue mark the producer believes in · 3 the mark of its updates afterwards
--       4 the mark of its updates before, as the producer believes
--       5 JSON [[id, Unix ms, '1' if it reopens or '', how, [field, value, …]], …], all strings
-- Returns {mark of the issues, changed}. A mark lower than ARGV[2] means that the server lost data, -1 that it lost updates alone: nothing
-- was done, for what is told next would hide what is gone.
local mark = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
if mark < tonumber(ARGV[2]) then return {mark, 0} end
if tonumber(redis.call('HGET', KEYS[2], ARGV[1] .. ':joins') or '0') < tonumber(ARGV[4]) then return {-1, 0} end
local base = string.match(KEYS[2], '^(.*):producers$')
local done, changed = {resolved = true, closed = true, rejected = true, duplicate_of = true}, 0
local function kept(id) -- the issue that an issue was merged into, itself where it was not
  for _ = 1, 20 do
    local one = redis.call('HMGET', base .. ':issue:' .. id, 'state', 'duplicate_of')
    if one[1] ~= 'duplicate_of' or not one[2] or redis.call('EXISTS', base .. ':issue:' .. one[2]) == 0 then return id end
    id = one[2]
  end
  return id
end
local function reopen(id, at, how)
  local issue = base .. ':issue:' .. id
  local state = redis.call('HGET', issue, 'state')
  if not done[state] then return state end
  redis.call('HSET', issue, 'state', 'reopened')
  if tonumber(redis.call('HGET', issue, 'updated_at') or '0') < tonumber(at) then redis.call('HSET', issue, 'updated_at', at) end
  redis.call('ZADD', KEYS[3], redis.call('HGET', issue, 'created_at') or at, id)
  local step = {at = at, actor = 'livebot', act = 'state', from = state, to = 'reopened', note = how}
  redis.call('RPUSH', base .. ':history:' .. id, cjson.encode(step))
  redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
  return 'reopened'
end
for i, item in ipairs(cjson.decode(ARGV[5])) do
  local id, at, reopens, how, fields = item[1], item[2], item[3], item[4], item[5]
  local issue = KEYS[2 + 2 * i]
  local state, differs, told = redis.call('HGET', issue, 'state'), false, {}
  for n = 1, #fields, 2 do
    differs = differs or (state and redis.call('HGET', issue, fields[n]) ~= fields[n + 1])
    if fields[n] ~= 'also' then
      told[#told + 1] = fields[n]
      told[#told + 1] = fields[n + 1]
    end
  end
  if differs then
    redis.call('HSET', issue, unpack(fields))
    if tonumber(redis.call('HGET', issue, 'updated_at') or '0') < tonumber(at) then redis.call('HSET', issue, 'updated_at', at) end
    redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
    if reopens == '1' then
      local stays = kept(id)
      local now = reopen(stays, at, how)
      if stays == id then state = now end
    end
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', '10000', '*', 'id', id, 'how', how, 'state', state, 'at', at, unpack(told))
    changed = changed + 1
  end
end
redis.call('HSET', KEYS[2], ARGV[1] .. ':joins', ARGV[3])
return {mark, changed}
