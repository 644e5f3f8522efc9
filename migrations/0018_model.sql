-- The language model behind the coach: settings, and what every process has to know about it. Nobody's
-- words are in any of these tables.
create table model_setting (
  single boolean primary key default true check (single),
  engine text not null default 'llm' check (engine in ('offline', 'llm')),
  base_url text,
  model text,
  fallback_model text,
  embedding_model text,
  context_tokens int check (context_tokens >= 2000),
  -- Per million tokens, and what may be spent in a month, in whatever currency the provider asks for.
  price_read numeric check (price_read >= 0),
  price_written numeric check (price_written >= 0),
  most_a_month numeric check (most_a_month >= 0),
  -- Tokens a day.
  most_a_person bigint check (most_a_person >= 0),
  most_a_day bigint check (most_a_day >= 0),
  at_once int not null default 4 check (at_once between 1 and 64),
  version int not null default 1,
  changed_by uuid references person on delete set null,
  changed_at timestamptz not null default now()
);

-- Apart, so that no policy ever lets a person read it: the work alone does.
create table model_key (
  single boolean primary key default true check (single),
  key text not null
);

create table model_habit (
  endpoint text not null,
  model text not null,
  mode text,
  dropped text[] not null default '{}',
  context_tokens int,
  primary key (endpoint, model)
);

-- An address that fails is left alone until `open_until`.
create table model_pause (
  endpoint text primary key,
  failures int not null default 0,
  reason text not null,
  since timestamptz not null default now(),
  open_until timestamptz
);

-- Questions under way, over all processes; a process that died leaves its place until it runs out.
create table model_place (
  id uuid primary key default gen_random_uuid(),
  until timestamptz not null
);

create table model_use (
  day date not null,
  person_id uuid references person on delete cascade,
  read_tokens bigint not null default 0,
  written_tokens bigint not null default 0,
  cost numeric not null default 0
);
create unique index model_use_of on model_use (day, person_id) nulls not distinct;

-- A workspace's own words for a prompt, each kept under the hash that its results name.
create table own_prompt (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  text text not null check (length(text) <= 40000),
  hash text not null,
  active boolean not null default true,
  made_by uuid references person on delete set null,
  made_at timestamptz not null default now()
);
create unique index one_own_prompt on own_prompt (name) where active;

alter table model_setting enable row level security;
alter table model_setting force row level security;
alter table model_key enable row level security;
alter table model_key force row level security;
alter table model_habit enable row level security;
alter table model_habit force row level security;
alter table model_pause enable row level security;
alter table model_pause force row level security;
alter table model_place enable row level security;
alter table model_place force row level security;
alter table model_use enable row level security;
alter table model_use force row level security;
alter table own_prompt enable row level security;
alter table own_prompt force row level security;

grant select, insert, update on model_setting, model_habit, model_pause, model_use to rapport_app;
grant select, insert, delete on model_key, model_place to rapport_app;
grant select, insert, update (active) on own_prompt to rapport_app;
grant delete on model_pause, model_habit to rapport_app;
grant update (key) on model_key to rapport_app;

create policy carried on model_setting for select using ((select current_purpose()) = 'jobs');
create policy carried on model_key using ((select current_purpose()) = 'jobs');
create policy carried on model_habit using ((select current_purpose()) = 'jobs');
create policy carried on model_pause using ((select current_purpose()) = 'jobs');
create policy carried on model_place using ((select current_purpose()) = 'jobs');
create policy carried on model_use using ((select current_purpose()) = 'jobs');
create policy carried on own_prompt for select using ((select current_purpose()) = 'jobs');
create policy administrators on model_setting
  using (exists (select from administrator where person_id = (select current_person())));
create policy administrators on own_prompt
  using (exists (select from administrator where person_id = (select current_person())));
