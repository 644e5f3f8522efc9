-- The rhythm of a pair is a wall clock: local time of one of its meetings, and the days between them.
alter table pair add column rhythm_start text check (rhythm_start ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$');
grant update (rhythm_start) on pair to rapport_app;

-- The place in the rhythm a meeting was made for; moving it leaves its place as it was.
alter table meeting add column slot text check (slot ~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$');
create unique index meeting_of_slot on meeting (pair_id, slot);
grant update (slot) on meeting to rapport_app;

-- Pairs from before meet as they did last.
update pair set rhythm_start = (
  select to_char(meeting.at at time zone pair.timezone, 'YYYY-MM-DD"T"HH24:MI') from meeting
  where meeting.pair_id = pair.id order by (state = 'planned') desc, at desc limit 1);

-- Who moved, shortened or cancelled, and with what notice. The reason stands with the meeting.
create table meeting_change (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  by uuid references person,
  what text not null check (what in ('moved', 'shortened', 'cancelled', 'planned', 'held', 'missed')),
  was_at timestamptz not null,
  at timestamptz not null default now(),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade
);
create index meeting_change_pair on meeting_change (pair_id, meeting_id, at);
alter table meeting_change enable row level security;
alter table meeting_change force row level security;
grant select, insert, delete on meeting_change to rapport_app;
create policy of_the_pair on meeting_change
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
