-- Why a meeting was moved or cancelled is words of the two, not a date: it stands apart from the rows that the
-- calendar, retention and intake go through.
create table meeting_reason (
  meeting_id uuid primary key,
  pair_id uuid not null,
  why text,
  foreign key (meeting_id, pair_id) references meeting (id, pair_id) on delete cascade
);
create index meeting_reason_pair on meeting_reason (pair_id);
alter table meeting_reason enable row level security;
alter table meeting_reason force row level security;
grant select, insert, update (why), delete on meeting_reason to rapport_app;
create policy of_the_pair on meeting_reason
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
insert into meeting_reason (meeting_id, pair_id, why) select id, pair_id, why from meeting where why is not null;
alter table meeting drop column why;
