-- A promise typed in a shared note rests on its line there: `evidence` then counts the note's lines.
alter table action_item
  add note_id uuid,
  -- Only a shared note makes promises; the foreign key sees to it.
  add note_visibility text generated always as (case when note_id is null then null else 'shared' end) stored,
  -- The line's box, by the Yjs client and clock that made it: it stays while the line is written on.
  add note_anchor text,
  -- How the box stood when it was last read: only a change of it changes the state.
  add note_ticked boolean,
  add foreign key (note_id, pair_id, note_visibility) references note (id, pair_id, visibility) on delete cascade,
  add check ((note_id is null) = (note_anchor is null) and (note_id is null) = (note_ticked is null)),
  add check (note_id is null or transcript_id is null);
create unique index action_item_of_line on action_item (note_id, note_anchor);
grant update (note_anchor, note_ticked, evidence) on action_item to rapport_app;

create or replace view finding with (security_invoker = true) as
  select id, 'action-item' as kind, pair_id, meeting_id, transcript_id, text, state, owner_id, due, due_phrase,
    due_certainty, kind as item_kind, null::text as status, null::uuid as item_id, confidence, evidence, settled_by, settled_at, version,
    created_at, note_id
  from action_item
  union all
  select id, 'decision', pair_id, meeting_id, transcript_id, text, state, null, null, null,
    'none', null, null, null, confidence, evidence, settled_by, settled_at, version, created_at, null
  from decision
  union all
  select id, 'roadblock', pair_id, meeting_id, transcript_id, text, state, null, null, null,
    'none', null, status, null, confidence, evidence, settled_by, settled_at, version, created_at, null
  from roadblock_mention
  union all
  select item_update.id, 'update', item_update.pair_id, item_update.meeting_id, item_update.transcript_id,
    action_item.text, item_update.state, null, item_update.due, item_update.due_phrase,
    item_update.due_certainty, null, item_update.status, action_item.id, item_update.confidence, item_update.evidence,
    item_update.settled_by, item_update.settled_at, item_update.version, item_update.created_at, null
  from item_update join action_item on action_item.id = item_update.action_item_id
    and action_item.pair_id = item_update.pair_id;
