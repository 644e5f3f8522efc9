-- What a person wants to be reminded of; without a row, of everything.
create table reminder_wish (
  person_id uuid primary key references person on delete cascade,
  ahead boolean not null default true,
  changes boolean not null default true
);
alter table reminder_wish enable row level security;
alter table reminder_wish force row level security;
grant select, insert, update (ahead, changes), delete on reminder_wish to rapport_app;
create policy own on reminder_wish using (person_id = (select current_person()));
create policy calendar on reminder_wish for select using ((select current_purpose()) = 'calendar');

-- E-mails to one person: names and times, never a word that was said or written. Kept here where no mail is set up.
create table mail (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person on delete cascade,
  meeting_id uuid references meeting on delete cascade,
  -- The same reminder is sent once, however often it is looked for.
  key text not null unique,
  subject text not null,
  text text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  failures int not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index mail_person on mail (person_id, created_at);
create index mail_waiting on mail (not_before) where state = 'waiting';
alter table mail enable row level security;
alter table mail force row level security;
grant select, insert, update (state, failures, not_before, sent_at), delete on mail to rapport_app;
create policy own on mail for select using (person_id = (select current_person()));
create policy calendar on mail using ((select current_purpose()) = 'calendar');

-- Who moved or cancelled, for telling the other: ids and times.
create policy calendar on meeting_change for select using ((select current_purpose()) = 'calendar');
