-- Hands an open issue to a team, with what that team must be told; nobody holds it afterwards.
-- KEYS: 1 issue hash · 2 its history
-- ARGV: 1 actor · 2 team · 3 JSON {field: text} · 4 token ('' if the actor claimed nothing) · 5 idempotency key ('' or none)
-- Returns {'ok', the team before} | {'unfit', a field that is missing, or '' for an unknown team} | {'held', holder, lease_until} |
-- {'stale', holder} | {'done', state} | {'missing'}.
-- The table is the one of livebot/decide/teams.py; a test compares them.
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
local NEEDS = {
  after_sales = 'problem wanted',
  warehouse = 'problem wanted order product',
  logistics = 'problem wanted order tracking',
  finance = 'problem wanted order amount',
  quality = 'problem product evidence',
  product = 'problem product',
  legal = 'problem urgency evidence promised',
  supervisor = 'problem urgency promised',
}
local before = once('handover', ARGV[5])
if before then return before end
local held = redis.call('HMGET', KEYS[1], 'state', 'holder', 'lease_until', 'token', 'team')
local state, holder = held[1], held[2] or ''
if not state then return {'missing'} end
if state == 'resolved' or state == 'closed' or state == 'rejected' or state == 'duplicate_of' then return {'done', state} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if holder ~= '' and holder ~= ARGV[1] and tonumber(held[3]) > now then return {'held', holder, held[3]} end
if ARGV[4] ~= '' and (holder ~= ARGV[1] or ARGV[4] ~= held[4]) then return {'stale', holder} end
if not NEEDS[ARGV[2]] then return {'unfit', ''} end
local fields = cjson.decode(ARGV[3])
for need in string.gmatch(NEEDS[ARGV[2]], '%S+') do
  if type(fields[need]) ~= 'string' or not string.find(fields[need], '%S') then return {'unfit', need} end
end
local at = string.format('%.0f', now)
redis.call('HSET', KEYS[1], 'team', ARGV[2], 'handover', ARGV[3], 'holder', '', 'lease_until', '0', 'updated_at', at)
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = 'handover', from = state, to = state, note = ARGV[2]}))
told('handover', state, at, ARGV[1])
return answer('handover', ARGV[5], {'ok', held[5] or ''})
