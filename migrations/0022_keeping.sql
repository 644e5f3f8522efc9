-- How long what was said is kept, and whether it may be read at all. Each of the two may change it, both see who did.
alter table pair
  -- Days after which only quoted lines of a transcript stay; null: as long as the 1:1.
  add column keep_days int default 30 check (keep_days between 1 and 3650),
  add column keep_set_by uuid references person,
  -- Who said no to transcripts. One no is enough, and only who said it takes it back.
  add column reading_ended_by uuid references person,
  add column reading_ended_at timestamptz,
  -- Who wants the whole 1:1 erased. It is, when the other says so too.
  add column erasing_asked_by uuid references person,
  add check ((reading_ended_by is null) = (reading_ended_at is null));
grant update (keep_days, keep_set_by, reading_ended_by, reading_ended_at, erasing_asked_by) on pair to rapport_app;

create function only_ones_own_no() returns trigger language plpgsql as $$ begin
  if (new.reading_ended_by is distinct from old.reading_ended_by
      and coalesce(old.reading_ended_by, new.reading_ended_by) is distinct from current_person())
    or (new.erasing_asked_by is distinct from old.erasing_asked_by
      and coalesce(old.erasing_asked_by, new.erasing_asked_by) is distinct from current_person()) then
    raise insufficient_privilege using message = 'what one of the two said is theirs to take back';
  end if;
  return new;
end $$;
create trigger only_ones_own_no before update on pair for each row execute function only_ones_own_no();

create policy while_both_agree on transcript as restrictive for insert
  with check (not exists (select from pair where pair.id = pair_id and reading_ended_by is not null));
-- When the file and the lines that nobody quoted went.
alter table transcript add column thinned_at timestamptz;
grant update (thinned_at, file_name) on transcript to rapport_app;

alter table person add column erased_at timestamptz;
grant update (erased_at) on person to rapport_app;

-- What was erased, in ids alone: an older backup that is brought back has it erased again.
create table erasure (
  id uuid primary key default gen_random_uuid(),
  what text not null check (what in ('transcript', 'meeting', 'pair', 'person')),
  row_id uuid not null,
  -- Without a reference: the row outlives what it is about.
  pair_id uuid,
  asked_by uuid,
  at timestamptz not null default now(),
  -- A person's takes several transactions; until it is set it is gone on with.
  done_at timestamptz,
  unique (what, row_id)
);
alter table erasure enable row level security;
alter table erasure force row level security;
grant select, insert, update (done_at) on erasure to rapport_app;
-- A 1:1 goes when both agree, or when there is nobody on the other side: not yet, or no more.
create policy asked on erasure for insert with check (asked_by = (select current_person()) and case what
  when 'person' then row_id = (select current_person())
    or exists (select from administrator where person_id = (select current_person()))
  when 'pair' then exists (select from pair where pair.id = row_id
    and (select current_person()) in (manager_id, report_id)
    and (erasing_asked_by <> (select current_person())
      or exists (select from person other where other.id in (manager_id, report_id)
        and other.id <> (select current_person()) and (other.state = 'invited' or other.erased_at is not null))))
  else pair_id = any (array(select my_pairs())) end);
create policy asked_by_me on erasure for select using (asked_by = (select current_person()));
create policy carried_out on erasure using ((select current_purpose()) = 'retention');

create policy erased_before on pair for delete using ((select current_purpose()) = 'retention'
  and exists (select from erasure where what = 'pair' and row_id = pair.id));
-- Work on what is gone, also of one person about it.
create policy erased_with_it on job for delete using ((select current_purpose()) = 'retention'
  and exists (select from erasure where row_id in (job.meeting_id, job.transcript_id, job.subject_id, job.run_as)));

-- A person: the account, and in shared rows the lines they spoke.
grant delete on login, administrator to rapport_app;
create policy erased on administrator for delete using ((select current_purpose()) = 'sign-in' and not owner);
grant update (evidence) on decision, roadblock_mention, item_update to rapport_app;
grant update (evidence) on remark to rapport_app;
