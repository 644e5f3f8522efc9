-- What the two of a pair tell the coach: how names and terms are spelled, and what they ask of it. Words of the
-- pair, so a table of its own: the row of the pair is in the directory, which administrators read.
create table pair_wish (
  pair_id uuid primary key references pair on delete cascade,
  glossary text not null default '' check (length(glossary) <= 1000),
  wishes text not null default '' check (length(wishes) <= 400),
  version int not null default 1,
  changed_by uuid references person on delete set null,
  changed_at timestamptz not null default now()
);
alter table pair_wish enable row level security;
alter table pair_wish force row level security;
grant select, insert, update on pair_wish to rapport_app;
create policy of_the_pair on pair_wish
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
