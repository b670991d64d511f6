-- Announces a reminder to staff, once per issue and key, however often it is asked for.
-- KEYS: 1 reminders · 2 what this issue was reminded of     ARGV: 1 issue id · 2 key · 3 text · 4 Unix ms
-- Returns 1 if it was announced now, 0 if it had been.
if redis.call('SADD', KEYS[2], ARGV[2]) == 0 then return 0 end
redis.call('XADD', KEYS[1], '*', 'id', ARGV[1], 'key', ARGV[2], 'text', ARGV[3], 'at', ARGV[4])
return 1
