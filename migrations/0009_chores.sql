-- Work that is no step of a transcript: chores. A job says as whom it runs: a person (`run_as`), else
-- its pair, else the system for one purpose. What runs as a person is that person's alone, so that
-- nobody sees that the other is being prepared for something.
alter table job add column run_as uuid references person on delete cascade;
alter table job add column purpose text not null default 'jobs' check (purpose in ('jobs', 'calendar', 'retention'));
-- The row it is about, where that is neither meeting nor transcript.
alter table job add column subject_id uuid;
create index job_run_as on job (run_as) where run_as is not null;
alter table run add column person_id uuid references person on delete cascade;

drop policy of_the_pair on job;
create policy of_the_pair on job for select using (run_as is null
  and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))));
create policy changed_by_the_pair on job for update using (run_as is null
  and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))));
create policy gone_with_its_pair on job for delete using (run_as is null
  and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))));
-- Each of the two, and steps of their pair, may ask for work that runs as either of them.
create policy asked_for_the_pair on job for insert with check (
  (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())))
  and (run_as is null or exists (select from pair where pair.id = pair_id and run_as in (manager_id, report_id))));
-- A 1:1 that somebody is no half of is none of theirs, whatever asks for it.
create policy own on job using (run_as = (select current_person()))
  with check (run_as = (select current_person()) and (pair_id is null or pair_id = any (array(select my_pairs()))));
-- Schedules look what is asked for already, ask, and end what runs as themselves.
create policy scheduled on job for select using ((select current_purpose()) in ('calendar', 'retention'));
create policy asked_by_schedules on job for insert with check ((select current_purpose()) in ('calendar', 'retention'));
create policy ended_by_its_purpose on job for update
  using (run_as is null and pair_id is null and purpose = (select current_purpose()));

drop policy of_the_pair on run;
drop policy written_by_the_step on run;
create policy of_the_pair on run for select using (
  (person_id is null or person_id = (select current_person()))
  and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))));
create policy own on run for select using (person_id = (select current_person()));
create policy written_by_its_work on run for insert with check (
  (person_id is null and pair_id = (select current_pair()))
  or (person_id = (select current_person()) and (pair_id is null or pair_id = any (array(select my_pairs()))))
  or (person_id is null and pair_id is null and (select current_purpose()) in ('jobs', 'calendar', 'retention')));

-- Who looks next, and when, what has become due: one process takes each turn, however many there are.
create table schedule (
  name text primary key,
  next_at timestamptz not null
);
alter table schedule enable row level security;
alter table schedule force row level security;
grant select, insert, update (next_at) on schedule to rapport_app;
create policy carried on schedule using ((select current_purpose()) = 'jobs');

-- What has run out goes by itself: sessions, links, and tries at signing in.
create policy run_out on session for select using ((select current_purpose()) = 'retention' and expires_at < now());
create policy run_out_goes on session for delete using ((select current_purpose()) = 'retention' and expires_at < now());
create policy run_out on one_time_link for select
  using ((select current_purpose()) = 'retention' and expires_at < now() - interval '30 days');
create policy run_out_goes on one_time_link for delete
  using ((select current_purpose()) = 'retention' and expires_at < now() - interval '30 days');
create policy run_out on sign_in_attempt for select
  using ((select current_purpose()) = 'retention' and at < now() - interval '1 day');
create policy run_out_goes on sign_in_attempt for delete
  using ((select current_purpose()) = 'retention' and at < now() - interval '1 day');
