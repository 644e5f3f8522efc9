-- What a person does not want to be suggested again: which kind and of which row, never its words.
create table waved_topic (
  pair_id uuid not null references pair on delete cascade,
  person_id uuid not null default current_person() references person on delete cascade,
  key text not null check (key ~ '^[a-z-]{1,20}(:[0-9a-f-]{36})?$'),
  at timestamptz not null default now(),
  primary key (pair_id, person_id, key)
);
create index waved_topic_person on waved_topic (person_id);
alter table waved_topic enable row level security;
alter table waved_topic force row level security;
grant select, insert, update (at), delete on waved_topic to rapport_app;
create policy own on waved_topic
  using (person_id = (select current_person()) and pair_id = any (array(select my_pairs())));
