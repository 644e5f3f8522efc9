-- What every policy asks. A function in SQL that returns rows is planned anew in each statement that
-- calls it (0.28 ms of 0.9, four of them to a page); one in PL/pgSQL keeps its plan for the session.
-- Names are told with their schema: such a plan is made when it is first needed, by whoever needs it.
create or replace function my_pairs() returns setof uuid language plpgsql stable as $$ begin
  return query select id from public.pair where public.current_person() in (manager_id, report_id);
end $$;

-- Oneself and the other halves, or the halves of the pair that a step runs as. Three subqueries, each with
-- the policies of `pair` in it, made every statement that shows a name begin with eighty plans.
create function my_people() returns setof uuid language plpgsql stable as $$ begin
  return query select unnest(array[manager_id, report_id]) from public.pair
    where public.current_person() in (manager_id, report_id) or id = public.current_pair();
end $$;
alter policy directory on person using (
  id = (select current_person())
  or id = any (array(select my_people()))
  or exists (select from administrator where person_id = (select current_person()))
  or (select current_purpose()) in ('sign-in', 'intake', 'calendar', 'jobs'));
