-- Tells what became of announced issues: more viewers, repeats, a higher priority. Each change is announced once; one that is there
-- already is left alone. Whoever comes back to an issue that was done opens it again. Atomic with the mark.
-- KEYS: 1 updates · 2 producers · 3 open · 4… for each item its issue hash and its history
-- ARGV: 1 producer · 2 the issue mark the producer believes in · 3 the mark of its updates afterwards
--       4 JSON [[id, Unix ms, '1' if it reopens or '', how, [field, value, …]], …], all strings
-- Returns {mark of the issues, changed}. A mark lower than ARGV[2] means that the server lost data: nothing was done.
local mark = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
if mark < tonumber(ARGV[2]) then return {mark, 0} end
local done, changed = {resolved = true, closed = true, rejected = true, duplicate_of = true}, 0
for i, item in ipairs(cjson.decode(ARGV[4])) do
  local id, at, reopens, how, fields = item[1], item[2], item[3], item[4], item[5]
  local issue, history = KEYS[2 + 2 * i], KEYS[3 + 2 * i]
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
    if reopens == '1' and done[state] then
      redis.call('HSET', issue, 'state', 'reopened')
      redis.call('ZADD', KEYS[3], redis.call('HGET', issue, 'created_at') or at, id)
      local step = {at = at, actor = 'livebot', act = 'state', from = state, to = 'reopened', note = how}
      redis.call('RPUSH', history, cjson.encode(step))
      state = 'reopened'
    end
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', '10000', '*', 'id', id, 'how', how, 'state', state, 'at', at, unpack(told))
    changed = changed + 1
  end
end
redis.call('HSET', KEYS[2], ARGV[1] .. ':joins', ARGV[3])
return {mark, changed}
