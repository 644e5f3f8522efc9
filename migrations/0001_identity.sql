-- Who may ask. The application's role owns nothing and cannot bypass row-level security; it acts as
-- a person, as a pair, or for one of five purposes, said anew in every transaction.
create extension if not exists vector;

do $$ begin
  if not exists (select from pg_roles where rolname = 'rapport_app') then
    create role rapport_app nologin nosuperuser nobypassrls nocreatedb nocreaterole;
  end if;
end $$;
-- Checkpoint and vacuum are scheduled by the program where no server does it; neither reads a row.
do $$ begin
  if exists (select from pg_roles where rolname = 'pg_maintain') then grant pg_maintain to rapport_app; end if;
end $$;
grant pg_checkpoint to rapport_app;
grant usage on schema public to rapport_app;
revoke create on schema public from public;

-- Policies ask them in a subquery of its own, which is answered once a statement: inlined into the
-- condition, the setting was read again for every row (200 rows: 4.0 ms against 0.7).
create function current_person() returns uuid language sql stable
  return nullif(current_setting('rapport.person', true), '')::uuid;
create function current_pair() returns uuid language sql stable
  return nullif(current_setting('rapport.pair', true), '')::uuid;
create function current_purpose() returns text language sql stable
  return nullif(current_setting('rapport.purpose', true), '');

-- What has been migrated is no secret, and nobody but the owner writes it.
grant select on schema_migration to rapport_app;
create policy anyone_reads on schema_migration for select using (true);
