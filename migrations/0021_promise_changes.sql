-- What the two made of a promise, one row a change: who, when, and what it was before. No words: they are the
-- promise's own. A trigger keeps it, so that no way of changing a promise is forgotten; what a step changes as
-- the pair is nobody's change, and leaves no row.
create table promise_change (
  id uuid primary key default gen_random_uuid(),
  pair_id uuid not null,
  action_item_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  by_id uuid references person on delete set null,
  state_before text not null,
  state text not null,
  due_before date,
  due date,
  owner_before uuid references person on delete set null,
  owner_id uuid references person on delete set null,
  reworded boolean not null,
  foreign key (action_item_id, pair_id) references action_item (id, pair_id) on delete cascade
);
create index promise_change_item on promise_change (pair_id, action_item_id, at);
alter table promise_change enable row level security;
alter table promise_change force row level security;
grant select, insert on promise_change to rapport_app;
create policy of_the_pair on promise_change for select
  using (pair_id = (select current_pair()) or pair_id = any (array(select my_pairs())));
create policy ones_own on promise_change for insert
  with check (by_id = (select current_person()) and pair_id = any (array(select my_pairs())));

-- Why it was dropped, in the words of whoever dropped it.
alter table action_item add column why text;
grant update (why) on action_item to rapport_app;

create function keep_promise_change() returns trigger language plpgsql as $$ begin
  if current_person() is not null then
    insert into promise_change (pair_id, action_item_id, by_id, state_before, state, due_before, due, owner_before,
        owner_id, reworded)
      values (new.pair_id, new.id, current_person(), old.state, new.state, old.due, new.due, old.owner_id,
        new.owner_id, old.text <> new.text);
  end if;
  return null;
end $$;
create trigger keep_promise_change after update of state, due, owner_id, text on action_item for each row
  when (new.state in ('open', 'done', 'dropped')
    and (old.state, old.due, old.owner_id, old.text) is distinct from (new.state, new.due, new.owner_id, new.text))
  execute function keep_promise_change();
