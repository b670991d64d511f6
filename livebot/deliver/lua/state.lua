-- Moves an issue to its next state; refuses illegal jumps, lapsed claims and issues that somebody else holds.
-- KEYS: 1 issue hash · 2 its history · 3 open · 4 stream
-- ARGV: 1 actor · 2 next state · 3 note · 4 token ('' if the actor claimed nothing) · 5 the other issue's id (duplicate_of only)
--       6 idempotency key ('' or none)
-- Returns {'ok', from} | {'illegal', from} | {'held', holder, lease_until} | {'stale', holder} | {'missing'} | {'nowhere', id}: there is no
-- such other issue, or it is itself a duplicate. The other issue lists its duplicates in `merged` until they are reopened.
-- The table is the one of livebot/decide/issue_states.py; a test compares them.
-- ── the same in every act: what is told to the desks, and what a repeated request hears ──
local base, id = string.match(KEYS[1], '^(.*):issue:(.*)$')
local function told(how, state, at, actor)
  redis.call('HSET', base .. ':changed', id, redis.call('INCR', base .. ':turn'))
  redis.call('XADD', base .. ':updates', 'MAXLEN', '~', '10000', '*', 'id', id, 'how', how, 'state', state, 'at', at, 'actor', actor)
end
local function once(act, key)
  local said = (key or '') ~= '' and redis.call('GET', base .. ':act:' .. id .. ':' .. act .. ':' .. key)
  return said and cjson.decode(said)
end
local function answer(act, key, said)
  if (key or '') ~= '' then redis.call('SET', base .. ':act:' .. id .. ':' .. act .. ':' .. key, cjson.encode(said), 'PX', '604800000') end
  return said
end
-- ──
local NEXT = {
  received = 'verifying duplicate_of rejected',
  verifying = 'solution_offered in_progress waiting_viewer resolved duplicate_of rejected',
  solution_offered = 'verifying in_progress waiting_viewer resolved rejected',
  in_progress = 'solution_offered waiting_viewer resolved rejected',
  waiting_viewer = 'verifying solution_offered in_progress resolved rejected',
  resolved = 'closed reopened',
  closed = 'reopened',
  reopened = 'verifying duplicate_of rejected',
  duplicate_of = 'reopened',
  rejected = 'reopened',
}
local before = once('state:' .. ARGV[2], ARGV[6])
if before then return before end
local held = redis.call('HMGET', KEYS[1], 'state', 'holder', 'lease_until', 'token', 'entry', 'id', 'created_at', 'duplicate_of')
local from, holder, to = held[1], held[2] or '', ARGV[2]
if not from then return {'missing'} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if holder ~= '' and holder ~= ARGV[1] and tonumber(held[3]) > now then return {'held', holder, held[3]} end
if ARGV[4] ~= '' and (holder ~= ARGV[1] or ARGV[4] ~= held[4]) then return {'stale', holder} end
if not string.find(' ' .. (NEXT[from] or '') .. ' ', ' ' .. to .. ' ', 1, true) or to == '' then return {'illegal', from} end
local at = string.format('%.0f', now)
local function list(other, act) -- in `merged` of the issue that stays
  local issue = base .. ':issue:' .. other
  local there, ids = redis.call('HMGET', issue, 'merged', 'state'), {}
  for _, one in ipairs(cjson.decode(there[1] and there[1] ~= '' and there[1] or '[]')) do
    if one ~= id then ids[#ids + 1] = one end
  end
  if act == 'merge' then ids[#ids + 1] = id end
  redis.call('HSET', issue, 'merged', #ids > 0 and cjson.encode(ids) or '[]', 'updated_at', at)
  local step = {at = at, actor = ARGV[1], act = act, from = there[2], to = there[2], note = id}
  redis.call('RPUSH', base .. ':history:' .. other, cjson.encode(step))
  redis.call('HSET', base .. ':changed', other, redis.call('INCR', base .. ':turn'))
  redis.call('XADD', base .. ':updates', 'MAXLEN', '~', '10000', '*', 'id', other, 'how', act, 'state', there[2], 'at', at, 'actor', ARGV[1])
end
if to == 'duplicate_of' then
  local other = redis.call('HGET', base .. ':issue:' .. ARGV[5], 'state')
  if ARGV[5] == id or not other or other == 'duplicate_of' then return {'nowhere', ARGV[5]} end
  redis.call('HSET', KEYS[1], 'duplicate_of', ARGV[5])
  list(ARGV[5], 'merge')
elseif from == 'duplicate_of' then
  redis.call('HSET', KEYS[1], 'duplicate_of', '')
  if redis.call('EXISTS', base .. ':issue:' .. (held[8] or '')) == 1 then list(held[8], 'unmerge') end
end
redis.call('HSET', KEYS[1], 'state', to, 'updated_at', at)
if to == 'resolved' or to == 'closed' or to == 'rejected' or to == 'duplicate_of' then
  redis.call('HSET', KEYS[1], 'holder', '', 'lease_until', '0')
  redis.call('ZREM', KEYS[3], held[6])
  if to ~= 'resolved' then redis.call('XDEL', KEYS[4], held[5]) end
elseif to == 'reopened' then
  redis.call('ZADD', KEYS[3], held[7], held[6])
end
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = 'state', from = from, to = to, note = ARGV[3]}))
told('state', to, at, ARGV[1])
return answer('state:' .. to, ARGV[6], {'ok', from})
