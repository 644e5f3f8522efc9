-- What the coach proposes and what the two make of it. Nothing counts until a person has confirmed it.
create table action_item (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid,
  text text not null,
  owner_id uuid references person,
  due date,
  due_phrase text,
  due_certainty text not null default 'none' check (due_certainty in ('exact', 'approximate', 'none')),
  kind text not null default 'commitment' check (kind in ('commitment', 'accepted-request')),
  confidence float8,
  evidence jsonb not null default '[]',
  state text not null default 'proposed' check (state in ('proposed', 'open', 'done', 'dropped', 'dismissed')),
  settled_by uuid references person,
  settled_at timestamptz,
  closed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique (id, pair_id),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index action_item_pair on action_item (pair_id, state);
alter table action_item enable row level security;
alter table action_item force row level security;

create table decision (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid,
  text text not null,
  confidence float8,
  evidence jsonb not null default '[]',
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'dismissed')),
  settled_by uuid references person,
  settled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index decision_pair on decision (pair_id, state);
alter table decision enable row level security;
alter table decision force row level security;

create table roadblock_mention (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid,
  text text not null,
  status text not null check (status in ('raised', 'resolved')),
  confidence float8,
  evidence jsonb not null default '[]',
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'dismissed')),
  settled_by uuid references person,
  settled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index roadblock_mention_pair on roadblock_mention (pair_id, state);
alter table roadblock_mention enable row level security;
alter table roadblock_mention force row level security;

-- "Done, by the sound of it": a proposed change to an item that was open.
create table item_update (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  transcript_id uuid,
  action_item_id uuid not null,
  status text not null check (status in ('done', 'dropped', 'changed', 'still-open')),
  due date,
  due_phrase text,
  due_certainty text not null default 'none' check (due_certainty in ('exact', 'approximate', 'none')),
  -- The item's day before this changed it, for taking it back.
  due_before date,
  confidence float8,
  evidence jsonb not null default '[]',
  state text not null default 'proposed' check (state in ('proposed', 'confirmed', 'dismissed')),
  settled_by uuid references person,
  settled_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade,
  foreign key (action_item_id, pair_id) references action_item (id, pair_id) on delete cascade
);
create index item_update_pair on item_update (pair_id, state);
alter table item_update enable row level security;
alter table item_update force row level security;

grant select, insert, delete on action_item, decision, roadblock_mention, item_update to rapport_app;
grant update (meeting_id, text, owner_id, due, due_phrase, due_certainty, state, settled_by, settled_at, closed_at, version)
  on action_item to rapport_app;
grant update (meeting_id, text, state, settled_by, settled_at, version) on decision to rapport_app;
grant update (meeting_id, text, status, state, settled_by, settled_at, version) on roadblock_mention to rapport_app;
grant update (meeting_id, status, state, due_before, settled_by, settled_at, version) on item_update to rapport_app;

create policy of_the_pair on action_item using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on decision using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on roadblock_mention using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on item_update using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));

-- Everything found, in one shape. It runs with the rights of whoever asks, never of its owner.
create view finding with (security_invoker = true) as
  select id, 'action-item' as kind, pair_id, meeting_id, transcript_id, text, state, owner_id, due, due_phrase,
    due_certainty, kind as item_kind, null::text as status, null::uuid as item_id, confidence, evidence, settled_by, settled_at, version,
    created_at
  from action_item
  union all
  select id, 'decision', pair_id, meeting_id, transcript_id, text, state, null, null, null,
    'none', null, null, null, confidence, evidence, settled_by, settled_at, version, created_at
  from decision
  union all
  select id, 'roadblock', pair_id, meeting_id, transcript_id, text, state, null, null, null,
    'none', null, status, null, confidence, evidence, settled_by, settled_at, version, created_at
  from roadblock_mention
  union all
  select item_update.id, 'update', item_update.pair_id, item_update.meeting_id, item_update.transcript_id,
    action_item.text, item_update.state, null, item_update.due, item_update.due_phrase,
    item_update.due_certainty, null, item_update.status, action_item.id, item_update.confidence, item_update.evidence,
    item_update.settled_by, item_update.settled_at, item_update.version, item_update.created_at
  from item_update join action_item on action_item.id = item_update.action_item_id
    and action_item.pair_id = item_update.pair_id;
grant select on finding to rapport_app;
