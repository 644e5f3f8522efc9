-- Work to do. The row is the truth: it commits with the data that caused it, and whatever carries it
-- (the process, or Redis) may be lost. Ids and numbers only.
create table job (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  key text not null unique,
  pair_id uuid references pair on delete cascade,
  meeting_id uuid,
  transcript_id uuid references transcript on delete cascade,
  asked_by uuid references person on delete set null,
  priority int not null default 10,
  not_before timestamptz not null default now(),
  state text not null default 'ready' check (state in ('ready', 'active', 'done', 'failed', 'cancelled')),
  attempt int not null default 0,
  failures int not null default 0,
  step text,
  progress real not null default 0,
  reason text,
  lease_token uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index job_waiting on job (priority, not_before) where state in ('ready', 'active');
create index job_pair on job (pair_id, created_at);
create index job_transcript on job (transcript_id);
alter table job enable row level security;
alter table job force row level security;

-- What each step did: engine, time, counts. No words.
create table run (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid references pair on delete cascade,
  job_id uuid references job on delete cascade,
  transcript_id uuid references transcript on delete cascade,
  step text not null,
  engine text not null,
  prompt text,
  prompt_hash text,
  model text,
  input_tokens int,
  output_tokens int,
  cost numeric,
  milliseconds real not null,
  outcome text not null,
  counts jsonb not null default '{}',
  at timestamptz not null default now()
);
create index run_pair on run (pair_id, at);
alter table run enable row level security;
alter table run force row level security;

grant select, insert, delete on job, run to rapport_app;
grant update (priority, not_before, state, attempt, failures, step, progress, reason, lease_token, lease_until,
  started_at, finished_at) on job to rapport_app;

create policy carried on job using ((select current_purpose()) = 'jobs');
create policy of_the_pair on job using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on run for select using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy written_by_the_step on run for insert with check (pair_id = (select current_pair()) or (select current_purpose()) = 'jobs');
create policy gone_with_its_source on run for delete
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
