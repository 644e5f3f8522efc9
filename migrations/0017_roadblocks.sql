-- Roadblocks over meetings. What was said in each meeting stays a mention; a thread holds those that are
-- about one matter. It has no words of its own: they go with the mentions, and with the last of them the
-- thread goes too.
create table roadblock (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  -- Said by hand to be gone, or not to be; what is said in a later meeting counts more.
  settled text check (settled in ('open', 'resolved')),
  settled_by uuid references person on delete set null,
  settled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique (id, pair_id)
);
create index roadblock_pair on roadblock (pair_id);
alter table roadblock enable row level security;
alter table roadblock force row level security;

alter table roadblock_mention add column roadblock_id uuid;
alter table roadblock_mention add foreign key (roadblock_id, pair_id) references roadblock (id, pair_id)
  on delete set null (roadblock_id);
-- Who put it into its thread: null for the coach, whose sureness stands beside it.
alter table roadblock_mention add column linked_by uuid references person on delete set null;
alter table roadblock_mention add column link_confidence float8;
-- Its vector, for comparing it with what is said in later meetings.
alter table roadblock_mention add column embedder text;
alter table roadblock_mention add column embedding halfvec;
create index roadblock_mention_thread on roadblock_mention (roadblock_id);
grant update (roadblock_id, linked_by, link_confidence, embedder, embedding) on roadblock_mention to rapport_app;

create function thread_goes_with_its_last_mention() returns trigger language plpgsql as $$ begin
  delete from roadblock where id = old.roadblock_id and pair_id = old.pair_id
    and not exists (select from roadblock_mention where roadblock_id = old.roadblock_id and pair_id = old.pair_id);
  return null;
end $$;
create trigger thread_goes_with_its_last_mention after delete or update of roadblock_id on roadblock_mention
  for each row when (old.roadblock_id is not null) execute function thread_goes_with_its_last_mention();

-- What the two decided: remove, accept or escalate; by whom and by when, where that was said.
create table roadblock_decision (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  roadblock_id uuid not null,
  choice text not null check (choice in ('remove', 'accept', 'escalate')),
  what text not null,
  owner_id uuid references person on delete set null,
  due date,
  -- The promise that was made from it.
  action_item_id uuid,
  decided_by uuid references person on delete set null,
  decided_at timestamptz not null default now(),
  foreign key (roadblock_id, pair_id) references roadblock (id, pair_id) on delete cascade,
  foreign key (action_item_id, pair_id) references action_item (id, pair_id) on delete set null (action_item_id)
);
create index roadblock_decision_thread on roadblock_decision (pair_id, roadblock_id, decided_at);
alter table roadblock_decision enable row level security;
alter table roadblock_decision force row level security;

-- Feedback given and growth spoken of in a meeting, with their words; for briefs and for the growth clock.
create table remark (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid not null,
  kind text not null check (kind in ('feedback', 'growth')),
  text text not null,
  direction text check (direction in ('down', 'up')),
  behavioral boolean,
  evidence jsonb not null default '[]',
  created_at timestamptz not null default now(),
  check ((kind = 'feedback') = (direction is not null)),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index remark_pair on remark (pair_id, kind);
create index remark_transcript on remark (transcript_id);
alter table remark enable row level security;
alter table remark force row level security;

grant select, insert, update (settled, settled_by, settled_at, version), delete on roadblock to rapport_app;
grant select, insert, update (roadblock_id), delete on roadblock_decision to rapport_app;
grant select, insert, update (meeting_id), delete on remark to rapport_app;

do $$ declare shared text; begin
  foreach shared in array array['roadblock', 'roadblock_decision', 'remark'] loop
    execute format('create policy of_the_pair on %I
      using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())))', shared);
  end loop;
end $$;
