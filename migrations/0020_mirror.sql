-- How somebody talked in a meeting, in counts: each person's own and nobody else's. The step that reads a
-- transcript counts both, as their pair; what is counted outlives the lines, which may be forgotten.
create table own_talk (
  transcript_id uuid not null,
  pair_id uuid not null,
  person_id uuid not null references person on delete cascade,
  counts jsonb not null,
  primary key (transcript_id, person_id),
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index own_talk_pair on own_talk (pair_id, person_id);
alter table own_talk enable row level security;
alter table own_talk force row level security;
grant select, insert, delete on own_talk to rapport_app;
create policy own_rows on own_talk for select
  using (person_id = (select current_person()) and pair_id = any (array(select my_pairs())));
create policy counted_by_the_step on own_talk using (pair_id = (select current_pair()))
  with check (pair_id = (select current_pair())
    and exists (select from pair where pair.id = pair_id and person_id in (manager_id, report_id)));

-- The counts of both stood here, where either could have read the other's; nothing ever did.
alter table transcript drop column conversation;
