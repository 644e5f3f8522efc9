-- Meetings of a pair, and the notes made there.
-- `my_pairs()` is inlined as a subquery that runs once per query, not per row.
create function my_pairs() returns setof uuid language sql stable
  begin atomic select id from pair where current_person() in (manager_id, report_id); end;

create table meeting (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  at timestamptz not null,
  minutes int not null check (minutes between 1 and 1440),
  state text not null default 'planned' check (state in ('planned', 'held', 'moved', 'cancelled', 'missed')),
  changed_by uuid references person,
  why text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique (id, pair_id)
);
create index meeting_pair on meeting (pair_id, at);
alter table meeting enable row level security;
alter table meeting force row level security;

create table note (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  visibility text not null check (visibility in ('shared', 'private')),
  author_id uuid references person,
  text text not null default '',
  version int not null default 1,
  updated_at timestamptz not null default now(),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  check ((visibility = 'private') = (author_id is not null))
);
create unique index note_of_meeting on note (meeting_id, visibility, author_id) nulls not distinct;
create index note_pair on note (pair_id);
alter table note enable row level security;
alter table note force row level security;

grant select, insert, update (at, minutes, state, changed_by, why, version), delete on meeting to rapport_app;
grant select, insert, update (text, version, updated_at), delete on note to rapport_app;

create policy of_the_pair on meeting
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
-- The calendar plans by dates; it never reads what was said.
create policy calendar on meeting using ((select current_purpose()) in ('calendar', 'intake', 'retention'));

create policy shared_rows on note
  using (visibility = 'shared' and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))));
create policy own_rows on note
  using (author_id = (select current_person()) and pair_id = any (array(select my_pairs())));
