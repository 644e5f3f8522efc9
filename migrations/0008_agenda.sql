-- What the two want to talk about. Shared from the first word; whose turn it is, `raised_by` says.
create table agenda_item (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  raised_by uuid not null references person,
  -- Null: any kind.
  kind text check (kind in ('rapport', 'wellbeing', 'growth', 'feedback', 'upward-feedback', 'roadblock',
    'priorities', 'status', 'logistics')),
  text text not null,
  position int not null,
  -- A removed one can be taken back for a while and is then deleted; a carried one stands in the next meeting too.
  state text not null default 'open' check (state in ('open', 'reached', 'carried', 'written', 'removed')),
  -- The row it was in the meeting where it was not reached.
  carried_from uuid,
  asked_to_write boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  unique (id, pair_id),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade,
  foreign key (carried_from, pair_id) references agenda_item (id, pair_id) on delete set null (carried_from)
);
create index agenda_item_meeting on agenda_item (pair_id, meeting_id);
create index agenda_item_carried on agenda_item (carried_from);
alter table agenda_item enable row level security;
alter table agenda_item force row level security;

-- Said in writing so that it need not be talked about; the first of an item is the update, the rest are answers.
create table written_update (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  agenda_item_id uuid not null,
  author_id uuid not null references person,
  text text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  foreign key (agenda_item_id, pair_id) references agenda_item (id, pair_id) on delete cascade
);
create index written_update_item on written_update (pair_id, agenda_item_id);
alter table written_update enable row level security;
alter table written_update force row level security;

-- Agendas the two keep to begin others with.
create table agenda_template (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  name text not null,
  items jsonb not null,
  made_by uuid not null references person,
  created_at timestamptz not null default now()
);
create index agenda_template_pair on agenda_template (pair_id);
alter table agenda_template enable row level security;
alter table agenda_template force row level security;

grant select, insert, delete on agenda_item, written_update, agenda_template to rapport_app;
grant update (kind, text, position, state, asked_to_write, version, changed_at) on agenda_item to rapport_app;
grant update (text, version) on written_update to rapport_app;

create policy of_the_pair on agenda_item
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on written_update
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on agenda_template
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
-- Nobody puts words under another's name. What a step carries over stays whose it was.
create policy in_ones_own_name on agenda_item as restrictive for insert
  with check (raised_by = (select current_person()) or carried_from is not null);
create policy in_ones_own_name on written_update as restrictive for insert
  with check (author_id = (select current_person()));
create policy of_its_author on written_update as restrictive for update
  using (author_id = (select current_person()));
