-- The shared note of a meeting, which both edit at once: every edit is a row of its own, never one over another.
alter table note add unique (id, pair_id, visibility);

create table note_update (
  note_id uuid not null,
  pair_id uuid not null,
  -- A private note has no updates: nobody else edits it.
  visibility text not null default 'shared' check (visibility = 'shared'),
  -- One more each time, under the lock of the note's row; gaps are left where updates were merged.
  sequence int not null check (sequence > 0),
  -- Null for what several updates were merged into.
  author_id uuid references person,
  bytes bytea not null,
  at timestamptz not null default now(),
  primary key (note_id, sequence),
  foreign key (note_id, pair_id, visibility) references note (id, pair_id, visibility) on delete cascade
);
create index note_update_pair on note_update (pair_id);
alter table note_update enable row level security;
alter table note_update force row level security;
grant select, insert, delete on note_update to rapport_app;
create policy of_the_pair on note_update
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())))
  with check ((pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())))
    and (author_id is null or author_id = (select current_person())));

-- Passages of a shared note are the pair's, those of a private one its author's. A foreign key through the
-- note's visibility sees to it that the words of a private note cannot be filed as shared.
alter table note add unique (id, visibility);
do $$ declare searched text; begin
  foreach searched in array array['passage', 'indexed_source'] loop
    execute (select string_agg(format('alter table %I drop constraint %I', searched, conname), ';')
      from pg_constraint where conrelid = searched::regclass and contype = 'c'
        and pg_get_constraintdef(oid) like '%author_id%');
    execute format('alter table %I add check ((transcript_id is null) <> (note_id is null)
      and (transcript_id is null or author_id is null))', searched);
    execute format('alter table %I add visibility text not null generated always as
      (case when author_id is null then ''shared'' else ''private'' end) stored', searched);
    execute format('alter table %I add foreign key (note_id, visibility) references note (id, visibility)
      on delete cascade', searched);
  end loop;
end $$;
