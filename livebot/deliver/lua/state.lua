-- Moves an issue to its next state; refuses illegal jumps, lapsed claims and issues that somebody else holds.
-- KEYS: 1 issue hash · 2 its history · 3 open · 4 stream
-- ARGV: 1 actor · 2 next state · 3 note · 4 token ('' if the actor claimed nothing) · 5 the other issue's id (duplicate_of only)
-- Returns {'ok', from} | {'illegal', from} | {'held', holder, lease_until} | {'stale', holder} | {'missing'}.
-- The table is the one of livebot/decide/issue_states.py; a test compares them.
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
local held = redis.call('HMGET', KEYS[1], 'state', 'holder', 'lease_until', 'token', 'entry', 'id', 'created_at')
local from, holder, to = held[1], held[2] or '', ARGV[2]
if not from then return {'missing'} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if holder ~= '' and holder ~= ARGV[1] and tonumber(held[3]) > now then return {'held', holder, held[3]} end
if ARGV[4] ~= '' and (holder ~= ARGV[1] or ARGV[4] ~= held[4]) then return {'stale', holder} end
if not string.find(' ' .. (NEXT[from] or '') .. ' ', ' ' .. to .. ' ', 1, true) or to == '' then return {'illegal', from} end
local at = string.format('%.0f', now)
redis.call('HSET', KEYS[1], 'state', to, 'updated_at', at)
if to == 'duplicate_of' then redis.call('HSET', KEYS[1], 'duplicate_of', ARGV[5]) end
if to == 'resolved' or to == 'closed' or to == 'rejected' or to == 'duplicate_of' then
  redis.call('HSET', KEYS[1], 'holder', '', 'lease_until', '0')
  redis.call('ZREM', KEYS[3], held[6])
  if to ~= 'resolved' then redis.call('XDEL', KEYS[4], held[5]) end
elseif to == 'reopened' then
  redis.call('ZADD', KEYS[3], held[7], held[6])
end
redis.call('RPUSH', KEYS[2], cjson.encode({at = at, actor = ARGV[1], act = 'state', from = from, to = to, note = ARGV[3]}))
return {'ok', from}
