-- What was said: the file as it came, its lines, and the consent it rests on.
create table transcript (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  meeting_id uuid not null,
  added_by uuid not null references person,
  file_name text not null,
  byte_count int not null,
  -- Per pair, never across pairs: a hit elsewhere would tell that somebody else has this file.
  content_hash bytea not null,
  state text not null default 'waiting' check (state in ('waiting', 'read', 'unreadable')),
  format text,
  timing text,
  speakers text,
  cue_count int,
  line_count int,
  problems jsonb not null default '[]',
  refusal jsonb,
  conversation jsonb,
  talk jsonb,
  engine text,
  notice jsonb,
  version int not null default 1,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  unique (id, pair_id),
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade
);
create unique index transcript_once on transcript (pair_id, content_hash);
create index transcript_meeting on transcript (pair_id, meeting_id);
alter table transcript enable row level security;
alter table transcript force row level security;

create table transcript_file (
  transcript_id uuid primary key,
  pair_id uuid not null,
  bytes bytea not null,
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
alter table transcript_file enable row level security;
alter table transcript_file force row level security;

create table line (
  transcript_id uuid not null,
  pair_id uuid not null,
  no int not null,
  speaker text,
  starts_at float8,
  ends_at float8,
  text text not null,
  spans jsonb not null,
  primary key (transcript_id, no),
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index line_pair on line (pair_id);
alter table line enable row level security;
alter table line force row level security;

create table consent (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  transcript_id uuid not null,
  stated_by uuid not null references person,
  stated_at timestamptz not null default now(),
  foreign key (transcript_id, pair_id) references transcript (id, pair_id) on delete cascade
);
create index consent_transcript on consent (pair_id, transcript_id);
alter table consent enable row level security;
alter table consent force row level security;

-- Which label in a file is which of the two; asked once per pair and remembered.
create table speaker_label (
  pair_id uuid not null references pair on delete cascade,
  label text not null,
  person_id uuid references person,
  set_by uuid references person,
  primary key (pair_id, label)
);
alter table speaker_label enable row level security;
alter table speaker_label force row level security;

grant select, insert, delete on transcript to rapport_app;
grant update (meeting_id, state, format, timing, speakers, cue_count, line_count, problems, refusal,
  conversation, talk, engine, notice, version, read_at) on transcript to rapport_app;
grant select, insert, delete on transcript_file, line, consent to rapport_app;
grant select, insert, update (person_id, set_by), delete on speaker_label to rapport_app;

create policy of_the_pair on transcript using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on transcript_file using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on line using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on consent using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy of_the_pair on speaker_label using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
