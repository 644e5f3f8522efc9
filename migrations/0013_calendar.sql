-- A person's feed for their calendar program. Only the hash of its address is kept; a new one ends the old.
create table calendar_feed (
  person_id uuid primary key references person on delete cascade,
  token_hash bytea not null unique,
  created_at timestamptz not null default now()
);
alter table calendar_feed enable row level security;
alter table calendar_feed force row level security;
grant select, insert, update (token_hash, created_at), delete on calendar_feed to rapport_app;
create policy own on calendar_feed using (person_id = (select current_person()));
create policy calendar on calendar_feed for select using ((select current_purpose()) = 'calendar');
