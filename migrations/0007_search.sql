-- Passages to search: words for BM25 and a vector, each with the visibility of what it came from.
create table passage (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid,
  note_id uuid references note on delete cascade,
  visibility text not null check (visibility in ('shared', 'private')),
  author_id uuid references person,
  ordinal int not null,
  from_line int,
  to_line int,
  text text not null,
  words text[] not null,
  word_count int not null,
  embedder text,
  -- No fixed dimension and no approximate index: an exact scan of one pair is faster and right
  -- (1M rows: 0.7 ms and recall 1, against 97 ms and recall .30 for HNSW with a pair filter).
  embedding halfvec,
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade,
  check ((visibility = 'private') = (author_id is not null)),
  check ((transcript_id is null) <> (note_id is null))
);
create index passage_pair on passage (pair_id);
create index passage_transcript on passage (transcript_id);
create index passage_note on passage (note_id);
alter table passage enable row level security;
alter table passage force row level security;

grant select, insert, update (meeting_id, embedder, embedding), delete on passage to rapport_app;

create policy shared_rows on passage
  using (visibility = 'shared' and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))));
create policy own_rows on passage
  using (author_id = (select current_person()) and pair_id = any (array(select my_pairs())));
