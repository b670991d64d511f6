-- One page of the inbox: the ids that are in the first set and in one of each of the others, in their order, and hold the word if one is asked for.
-- KEYS: 1 words · 2 the set that all are in · 3… the other sets
-- ARGV: 1 JSON [[n, …], …]: the sets (1 is KEYS[3]) of which an id must be in one, for each thing that is asked for
--       2 score and 3 id of the last one seen ('' and '': from the first) · 4 how many (0: only count them) · 5 how many to look at · 6 the word
-- Returns {{id, score, …}, how many fit, '1' if there may be more, score and id to go on from}.
local groups, limit, budget, word = cjson.decode(ARGV[1]), tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local driver, size, walked = KEYS[2], redis.call('ZCARD', KEYS[2]), 0
for n, group in ipairs(groups) do
  if #group == 1 then
    local card = redis.call('ZCARD', KEYS[2 + group[1]])
    if card < size then driver, size, walked = KEYS[2 + group[1]], card, n end
  end
end
if walked > 0 then groups[#groups + 1] = {0} end
local rank = 0
if ARGV[2] ~= '' then
  rank = redis.call('ZCOUNT', driver, '-inf', '(' .. ARGV[2])
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', driver, ARGV[2], ARGV[2])) do
    if id <= ARGV[3] then rank = rank + 1 end
  end
end
local found, fit, last = {}, 0, {ARGV[2], ARGV[3]}
while budget > 0 and rank < size do
  local part = redis.call('ZRANGE', driver, rank, rank + math.min(500, budget) - 1, 'WITHSCORES')
  local ids, in_all = {}, {}
  for i = 1, #part, 2 do
    ids[#ids + 1] = part[i]
    in_all[#in_all + 1] = true
  end
  for n, group in ipairs(groups) do
    if n ~= walked then
      local in_one = {}
      for _, set in ipairs(group) do
        local scores = redis.call('ZMSCORE', KEYS[2 + set], unpack(ids))
        for i = 1, #ids do in_one[i] = in_one[i] or scores[i] end
      end
      for i = 1, #ids do in_all[i] = in_all[i] and in_one[i] end
    end
  end
  if word ~= '' then
    local words = redis.call('HMGET', KEYS[1], unpack(ids))
    for i = 1, #ids do in_all[i] = in_all[i] and words[i] and string.find(words[i], word, 1, true) end
  end
  for i = 1, #ids do
    last = {part[2 * i], ids[i]}
    if in_all[i] then
      fit = fit + 1
      if limit > 0 then
        found[#found + 1] = ids[i]
        found[#found + 1] = part[2 * i]
        if fit == limit then return {found, fit, rank + i < size and '1' or '0', last[1], last[2]} end
      end
    end
  end
  rank, budget = rank + #ids, budget - #ids
end
return {found, fit, rank < size and '1' or '0', last[1], last[2]}
