-- Ways in for transcripts that nobody clicks: a token for programs, a webhook with a secret of its own, a folder
-- of the machine that is watched. Each is
-- one person's, who said when they made it that everybody in those meetings has agreed.
create table intake_key (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null default current_person() references person on delete cascade,
  kind text not null check (kind in ('token', 'webhook', 'folder')),
  name text not null,
  token_hash bytea unique,
  -- Signatures are computed with it, so it is kept as it is.
  secret bytea,
  made_at timestamptz not null default now(),
  used_at timestamptz,
  check ((kind = 'token') = (token_hash is not null) and (kind = 'webhook') = (secret is not null))
);
create index intake_key_person on intake_key (person_id);

-- What came in and could not be told apart: whose words they are is asked, and until then nobody else reads them.
create table intake_file (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null default current_person() references person on delete cascade,
  file_name text not null,
  bytes bytea not null,
  content_hash bytea not null,
  said_at timestamptz,
  received_at timestamptz not null default now(),
  unique (person_id, content_hash)
);
alter table intake_key enable row level security;
alter table intake_key force row level security;
alter table intake_file enable row level security;
alter table intake_file force row level security;
grant select, insert, update (used_at), delete on intake_key to rapport_app;
grant select, insert, delete on intake_file to rapport_app;
create policy own on intake_key using (person_id = (select current_person()));
-- Who sends has no session: the key says whose it is.
create policy looked_up on intake_key for select using ((select current_purpose()) = 'intake');
create policy was_used on intake_key for update using ((select current_purpose()) = 'intake');
create policy own on intake_file using (person_id = (select current_person()));
