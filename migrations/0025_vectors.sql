-- Vectors of a model at an address: what one is like, and which maker of vectors counts. Numbers and names only.
alter table model_habit
  -- Numbers of one vector; null as long as none was made.
  add column dimension int,
  -- The cosine above which two sentences have something to do with each other, as measured with invented ones.
  add column near_enough real,
  -- Counts up when the same name begins to make other vectors: those of before no longer compare.
  add column edition int not null default 1;

-- Where it changes, what was made by another is made anew.
create table embedder_in_use (
  single boolean primary key default true check (single),
  name text not null,
  since timestamptz not null default now()
);
alter table embedder_in_use enable row level security;
alter table embedder_in_use force row level security;
grant select, insert, update on embedder_in_use to rapport_app;
create policy carried on embedder_in_use using ((select current_purpose()) = 'jobs');
