-- What a relay has handed to a transport, and how often: a number of its own for each time, so that
-- what is left of an earlier one stands in nobody's way. Null: it has to be handed over (again).
alter table job add column dispatch int not null default 0;
alter table job add column dispatched_at timestamptz;
grant update (dispatch, dispatched_at) on job to rapport_app;
create index job_undispatched on job (priority, created_at) where state = 'ready' and dispatched_at is null;
create index job_dispatched on job (pair_id) where state in ('ready', 'active') and dispatched_at is not null;
create index job_leased on job (lease_until) where state = 'active';
