-- What waits is found pair by pair, four of each at most, instead of ranked as a whole: with 20,000 jobs
-- waiting every look of a relay read all of them.
create index job_waiting_of_pair on job (pair_id, priority, not_before, created_at)
  where state = 'ready' and dispatched_at is null;
drop index job_undispatched;
