-- Accounts. An administrator's reach is the directory; whose login it is, is nobody else's business.
create table workspace (
  id uuid primary key default gen_random_uuid(),
  name text not null default '',
  created_at timestamptz not null default now()
);
alter table workspace enable row level security;
alter table workspace force row level security;

create table person (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text,
  state text not null default 'invited' check (state in ('invited', 'active', 'disabled')),
  language text not null default 'en',
  joined_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index person_email on person (lower(email));
alter table person enable row level security;
alter table person force row level security;

-- Apart from `person`, so that its policies can ask who administers without asking `person` again.
create table administrator (
  person_id uuid primary key references person on delete cascade,
  owner boolean not null default false
);
create unique index one_owner on administrator (owner) where owner;
alter table administrator enable row level security;
alter table administrator force row level security;

create table pair (
  id uuid primary key default gen_random_uuid(),
  manager_id uuid not null references person,
  report_id uuid not null references person,
  timezone text not null,
  language text not null default 'en',
  cadence_days int not null default 7 check (cadence_days between 1 and 365),
  meeting_minutes int not null default 30 check (meeting_minutes between 5 and 480),
  sample boolean not null default false,
  created_by uuid not null references person,
  created_at timestamptz not null default now(),
  check (manager_id <> report_id)
);
create unique index pair_of_two on pair (manager_id, report_id);
create index pair_report on pair (report_id);
alter table pair enable row level security;
alter table pair force row level security;

create table login (
  person_id uuid primary key references person on delete cascade,
  password text not null,
  changed_at timestamptz not null default now()
);
alter table login enable row level security;
alter table login force row level security;

create table session (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person on delete cascade,
  token_hash bytea not null unique,
  device text not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index session_person on session (person_id);
alter table session enable row level security;
alter table session force row level security;

create table one_time_link (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('first-start', 'invitation', 'recovery')),
  person_id uuid references person on delete cascade,
  token_hash bytea not null unique,
  made_by uuid references person on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((kind = 'first-start') = (person_id is null))
);
alter table one_time_link enable row level security;
alter table one_time_link force row level security;

create table sign_in_attempt (
  id uuid primary key default gen_random_uuid(),
  bucket text not null,
  at timestamptz not null default now()
);
create index sign_in_attempt_bucket on sign_in_attempt (bucket, at);
alter table sign_in_attempt enable row level security;
alter table sign_in_attempt force row level security;

-- What was done to whose account or rows: ids and verbs, no words. Nobody can change or remove a row.
create table audit (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default now(),
  actor uuid,
  subject uuid,
  pair_id uuid,
  action text not null,
  row_id uuid
);
create index audit_subject on audit (subject, at);
alter table audit enable row level security;
alter table audit force row level security;

-- Rights of the role; policies narrow them row by row.
grant select, insert, update (name) on workspace to rapport_app;
grant select, insert, update (name, email, state, language, joined_at) on person to rapport_app;
grant select, insert on administrator to rapport_app;
-- Who the two are can never be changed: replacing one half would open the other's shared words.
grant select, insert, update (timezone, language, cadence_days, meeting_minutes) on pair to rapport_app;
grant delete on pair to rapport_app;
grant select, insert, update (password, changed_at) on login to rapport_app;
grant select, insert, update (seen_at, expires_at), delete on session to rapport_app;
grant select, insert, update (used_at), delete on one_time_link to rapport_app;
grant select, insert, delete on sign_in_attempt to rapport_app;
grant select, insert on audit to rapport_app;

create policy members_read on workspace for select
  using ((select current_person()) is not null or (select current_purpose()) in ('sign-in', 'jobs'));
create policy first_start on workspace for insert with check ((select current_purpose()) = 'sign-in');
create policy administrators_rename on workspace for update
  using (exists (select from administrator where person_id = (select current_person())));

create policy own_row on administrator for select
  using (person_id = (select current_person()) or (select current_purpose()) = 'sign-in');
create policy first_start on administrator for insert with check ((select current_purpose()) = 'sign-in');

create policy both_read on pair for select using (
  (select current_person()) in (manager_id, report_id)
  or id = (select current_pair())
  or exists (select from administrator where person_id = (select current_person()))
  or (select current_purpose()) in ('sign-in', 'jobs', 'calendar', 'retention', 'intake'));
create policy one_half_starts on pair for insert with check (
  created_by = (select current_person())
  and ((select current_person()) in (manager_id, report_id)
    or exists (select from administrator where person_id = (select current_person()))));
create policy both_change on pair for update using ((select current_person()) in (manager_id, report_id));
create policy sample_goes on pair for delete using (sample and (select current_person()) in (manager_id, report_id));

create policy directory on person for select using (
  id = (select current_person())
  or id in (select manager_id from pair where report_id = (select current_person()))
  or id in (select report_id from pair where manager_id = (select current_person()))
  or id in (select unnest(array[manager_id, report_id]) from pair where id = (select current_pair()))
  or exists (select from administrator where person_id = (select current_person()))
  or (select current_purpose()) in ('sign-in', 'intake', 'calendar', 'jobs'));
create policy invited_by_a_member on person for insert with check (
  (select current_purpose()) = 'sign-in' or ((select current_person()) is not null and state = 'invited'));
create policy own_account on person for update using (id = (select current_person()))
  with check (id = (select current_person()) and state = 'active');
create policy joins on person for update using ((select current_purpose()) = 'sign-in');
-- An administrator may close an account and open it again; never the owner's by another.
create policy administrators_disable on person for update
  using (id <> (select current_person()) and exists (select from administrator where person_id = (select current_person())))
  with check (id <> (select current_person()));

-- Policies cannot tell columns apart: an address that somebody else could change would be a way into
-- the account by recovery.
create function only_state_by_others() returns trigger language plpgsql as $$ begin
  if current_person() is not null and current_person() <> old.id
    and (new.name, new.email, new.language, new.joined_at)
      is distinct from (old.name, old.email, old.language, old.joined_at) then
    raise insufficient_privilege using message = 'only the state of another person can be changed';
  end if;
  return new;
end $$;
create trigger only_state_by_others before update on person for each row execute function only_state_by_others();

create policy sign_in on login using ((select current_purpose()) = 'sign-in');
create policy sign_in on session using ((select current_purpose()) = 'sign-in');
create policy own_sessions on session for select using (person_id = (select current_person()));
create policy own_sessions_end on session for delete using (person_id = (select current_person()));

create policy sign_in on one_time_link using ((select current_purpose()) = 'sign-in');
create policy own_links on one_time_link for select using (made_by = (select current_person()));
create policy own_links_end on one_time_link for delete using (made_by = (select current_person()));
-- Whoever may let somebody in: the other half of their pair; an administrator only while nobody
-- else's shared words would be opened with it.
create policy invites on one_time_link for insert with check (
  kind = 'invitation' and made_by = (select current_person())
  and exists (select from person invited where invited.id = person_id and invited.state = 'invited')
  and (exists (select from pair where (select current_person()) in (manager_id, report_id) and person_id in (manager_id, report_id))
    or (exists (select from administrator a where a.person_id = (select current_person()))
      and not exists (
        select from pair join person other on other.id in (pair.manager_id, pair.report_id)
        where one_time_link.person_id in (pair.manager_id, pair.report_id)
          and other.id <> one_time_link.person_id and other.state <> 'invited'))));
-- Recovery is for the pair's other half alone, whatever else they are; and only through a 1:1 that the
-- person started or joined by. One that somebody else laid over an existing account opens nothing:
-- an administrator could otherwise pair themselves with anybody and take the account over.
create policy recovers on one_time_link for insert with check (
  kind = 'recovery' and made_by = (select current_person()) and person_id <> (select current_person())
  and exists (
    select from pair join person recovered on recovered.id = one_time_link.person_id
    where (select current_person()) in (manager_id, report_id) and recovered.id in (manager_id, report_id)
      and (pair.created_by = recovered.id or recovered.joined_at > pair.created_at)));

create policy sign_in on sign_in_attempt using ((select current_purpose()) = 'sign-in');

create policy written_by_the_actor on audit for insert with check (
  actor is not distinct from (select current_person()) or (select current_purpose()) is not null or pair_id = (select current_pair()));
create policy about_me on audit for select using ((select current_person()) in (actor, subject));
