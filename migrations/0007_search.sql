-- Passages to search: a text, where it stands and a vector, with the visibility of what it came from.
create table passage (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid,
  note_id uuid references note on delete cascade,
  author_id uuid references person,
  -- A plain column, for under row-level security no index on an expression is used: a search read all
  -- passages of its pair to look up 200 (15,000: 3,100 blocks instead of 800).
  source_id uuid not null generated always as (coalesce(transcript_id, note_id)) stored,
  ordinal int not null,
  from_line int,
  to_line int,
  text text not null,
  embedder text,
  -- No fixed dimension and no approximate index: one pair is gone through exactly
  -- (1M rows: recall 1, against .30 for HNSW with a pair filter).
  embedding halfvec,
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade,
  -- A note's passage is its author's; a transcript's is the pair's.
  check ((transcript_id is null) <> (note_id is null) and (note_id is null) = (author_id is null))
);
create unique index passage_place on passage (source_id, ordinal);
create index passage_pair on passage (pair_id);
create index passage_transcript on passage (transcript_id);
create index passage_note on passage (note_id);

-- What was indexed, and how much of it: BM25 measures rarity and length against the whole.
create table indexed_source (
  id uuid primary key,
  pair_id uuid not null,
  transcript_id uuid,
  note_id uuid references note on delete cascade,
  author_id uuid references person,
  passages int not null,
  words int not null,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade,
  check (id = coalesce(transcript_id, note_id)),
  check ((transcript_id is null) <> (note_id is null) and (note_id is null) = (author_id is null))
);
create index indexed_source_pair on indexed_source (pair_id);
create index indexed_source_transcript on indexed_source (transcript_id);
create index indexed_source_note on indexed_source (note_id);

-- The signs of the vectors, by which a pair is gone through before a few are compared in full: an eighth
-- of a kilobyte each, fifty to a row, for what a row costs under row-level security is a policy's check
-- (15,000 passages: 8.6 ms for a vector each, 5.3 for a row each with its signs, 2.4 so).
create table passage_sketch (
  source_id uuid not null references indexed_source on delete cascade,
  -- The ordinal of the first; the others follow. Null where there is no vector.
  first int not null,
  pair_id uuid not null,
  author_id uuid references person,
  embedder text not null,
  sketches bit varying[] not null,
  primary key (source_id, first)
);
create index passage_sketch_pair on passage_sketch (pair_id);
-- In its row as long as it fits into a page: signs do not compress, and fetching them from elsewhere costs more.
alter table passage_sketch alter column sketches set storage main;

-- An inverted index of our own: operators of arrays and of full text are not leakproof, so under
-- row-level security no GIN index is used for them. Equality of texts is, and this needs no other.
create table posting (
  pair_id uuid not null,
  word text not null,
  source_id uuid not null references indexed_source on delete cascade,
  author_id uuid,
  -- Passage, how often the word stands in it, how many words it has; and so on, with commas.
  places text not null,
  primary key (pair_id, word, source_id)
);
create index posting_source on posting (source_id);

do $$ declare searched text; begin
  foreach searched in array array['passage', 'passage_sketch', 'indexed_source', 'posting'] loop
    execute format('alter table %I enable row level security', searched);
    execute format('alter table %I force row level security', searched);
    execute format('grant select, insert, delete on %I to rapport_app', searched);
    execute format('create policy shared_rows on %I using (author_id is null
      and (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs()))))', searched);
    execute format('create policy own_rows on %I using (author_id = (select current_person())
      and pair_id = any (array(select my_pairs())))', searched);
  end loop;
end $$;
grant update (meeting_id, embedder, embedding) on passage to rapport_app;
