-- What a model wrote for one reader: a brief, topics. Each is its reader's alone and is known by what it was
-- written from (`key`), so that it is never older than the rows it speaks of. It speaks of many of them; so that
-- what is erased in a pair takes all of it along, also what the other one cannot see, it hangs on a row of the pair.
create table prepared (
  pair_id uuid primary key references pair on delete cascade,
  at timestamptz not null default now()
);
create table prepared_page (
  pair_id uuid not null references prepared on delete cascade,
  person_id uuid not null references person on delete cascade,
  duty text not null check (duty in ('write-brief', 'suggest-topics', 'suggest-upward-feedback')),
  key text not null,
  engine text not null check (engine in ('offline', 'llm')),
  page jsonb not null,
  at timestamptz not null default now(),
  primary key (pair_id, person_id, duty)
);
create index prepared_page_person on prepared_page (person_id);

alter table prepared enable row level security;
alter table prepared force row level security;
grant select, insert, update (at), delete on prepared to rapport_app;
create policy of_the_pair on prepared
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy run_out on prepared for select
  using ((select current_purpose()) = 'retention' and at < now() - interval '3 days');
create policy run_out_goes on prepared for delete
  using ((select current_purpose()) = 'retention' and at < now() - interval '3 days');

alter table prepared_page enable row level security;
alter table prepared_page force row level security;
grant select, insert, update, delete on prepared_page to rapport_app;
create policy own_rows on prepared_page
  using (person_id = (select current_person()) and pair_id = any (array(select my_pairs())));

-- Whoever may erase a meeting or a transcript may take away what was prepared; foreign keys pass every wall.
create function forget_prepared() returns trigger language plpgsql as $$ begin
  delete from prepared where pair_id = old.pair_id;
  return null;
end $$;
create trigger forget_prepared after delete on meeting for each row execute function forget_prepared();
create trigger forget_prepared after delete on transcript for each row execute function forget_prepared();
