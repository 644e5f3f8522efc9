-- Feedback both can read, what each keeps to themselves on the way to it, and the growth of the report.

-- Things one of the two has seen, dated, for feedback in time. Nobody else reads them.
create table observation (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  author_id uuid not null references person,
  seen_on date not null,
  text text not null,
  created_at timestamptz not null default now()
);
create index observation_pair on observation (pair_id, author_id);
alter table observation enable row level security;
alter table observation force row level security;

-- The manager's question how they do.
create table feedback_request (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  asked_by uuid not null references person,
  question text not null,
  asked_at timestamptz not null default now(),
  unique (id, pair_id)
);
create index feedback_request_pair on feedback_request (pair_id, asked_at);
alter table feedback_request enable row level security;
alter table feedback_request force row level security;

-- Rough words and what is made of them, until they are sent or thrown away.
create table feedback_draft (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  author_id uuid not null references person,
  request_id uuid,
  rough text not null default '',
  situation text not null default '',
  behavior text not null default '',
  impact text not null default '',
  ask text not null default '',
  -- Words the writer says are about the work: they are not marked again.
  meant_otherwise jsonb not null default '[]',
  version int not null default 1,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  foreign key (request_id, pair_id) references feedback_request (id, pair_id) on delete set null (request_id)
);
create index feedback_draft_pair on feedback_draft (pair_id, author_id);
alter table feedback_draft enable row level security;
alter table feedback_draft force row level security;

create table feedback (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  from_id uuid not null references person,
  direction text not null check (direction in ('down', 'up')),
  request_id uuid,
  situation text not null,
  behavior text not null,
  impact text not null,
  ask text,
  state text not null default 'shared' check (state in ('shared', 'acknowledged', 'acted-on')),
  answer text,
  shared_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  answered_at timestamptz,
  acted_at timestamptz,
  version int not null default 1,
  foreign key (request_id, pair_id) references feedback_request (id, pair_id) on delete set null (request_id)
);
create index feedback_pair on feedback (pair_id, shared_at);
alter table feedback enable row level security;
alter table feedback force row level security;

-- What the report wants to become able to do, and what the two do about it.
create table goal (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null references pair on delete cascade,
  kind text not null check (kind in ('goal', 'skill', 'stretch')),
  text text not null,
  said_by uuid not null references person,
  -- A goal's day to be there by; a stretch assignment's day to look at it.
  day date,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  unique (id, pair_id)
);
create index goal_pair on goal (pair_id);
alter table goal enable row level security;
alter table goal force row level security;

create table check_in (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  goal_id uuid not null,
  author_id uuid not null references person,
  on_day date not null,
  text text not null,
  created_at timestamptz not null default now(),
  foreign key (goal_id, pair_id) references goal (id, pair_id) on delete cascade
);
create index check_in_goal on check_in (pair_id, goal_id);
alter table check_in enable row level security;
alter table check_in force row level security;

grant select, insert, delete on observation, feedback_request, feedback_draft, feedback, goal, check_in to rapport_app;
grant update (rough, situation, behavior, impact, ask, meant_otherwise, version, changed_at) on feedback_draft to rapport_app;
grant update (state, answer, acknowledged_at, answered_at, acted_at, version) on feedback to rapport_app;
grant update (text, day, state, version, closed_at) on goal to rapport_app;

create policy own_rows on observation
  using (author_id = (select current_person()) and pair_id = any (array(select my_pairs())));
create policy own_rows on feedback_draft
  using (author_id = (select current_person()) and pair_id = any (array(select my_pairs())));
create policy of_the_pair on feedback_request
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on feedback
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on goal
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on check_in
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
-- Nobody puts words under another's name: a person sends, never a step.
create policy in_ones_own_name on feedback_request as restrictive for insert
  with check (asked_by = (select current_person()));
create policy in_ones_own_name on feedback as restrictive for insert
  with check (from_id = (select current_person()));
create policy in_ones_own_name on goal as restrictive for insert
  with check (said_by = (select current_person()));
create policy in_ones_own_name on check_in as restrictive for insert
  with check (author_id = (select current_person()));
-- Only whom it was given to reads it as read, answers it and acts on it.
create policy of_its_receiver on feedback as restrictive for update
  using (from_id <> (select current_person()));
