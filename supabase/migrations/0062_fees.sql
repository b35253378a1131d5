-- Fees: what taking part in a forum costs, by category, and who has paid.
--
-- Organizers write categories in both languages, and a person chooses one after registering. It is paid by invoice,
-- outside of this site, and an organizer marks it by hand. An amount is locked once somebody has chosen its category.
-- Everybody reads the categories of a published forum, a person reads their own fee, organizers read all. What is due
-- follows from the registration when it is read: nothing before there is a spot, nor once it is cancelled. With a
-- hand-over the fee goes to the new holder; whom to invoice is shown to who wrote it and to organizers alone.

insert into private.domains values ('fees', 62);

create type public.fee_status as enum ('due', 'paid', 'waived');

create table private.fee_categories (
  category_id uuid primary key default gen_random_uuid(),
  forum_id uuid not null references public.forums on delete cascade,
  position integer not null,
  name_en text not null constraint fee_categories_name_en_length check (char_length(name_en) between 1 and 80),
  name_fr text not null constraint fee_categories_name_fr_length check (char_length(name_fr) between 1 and 80),
  about_en text not null default '' constraint fee_categories_about_en_length check (char_length(about_en) <= 200),
  about_fr text not null default '' constraint fee_categories_about_fr_length check (char_length(about_fr) <= 200),
  -- In cents of a Canadian dollar.
  amount integer not null constraint fee_categories_amount_range check (amount between 0 and 1000000),
  hidden_at timestamptz,
  version integer not null default 1,
  constraint fee_categories_about_in_pairs check ((about_en = '') = (about_fr = ''))
);
comment on table private.fee_categories is 'What a forum costs, for whom; a forum without a category costs nothing.';
create index fee_categories_in_order on private.fee_categories (forum_id, position);
alter table private.fee_categories enable row level security;

create table private.fee_notes (
  forum_id uuid primary key references public.forums on delete cascade,
  note_en text not null constraint fee_notes_note_en_length check (char_length(note_en) <= 500),
  note_fr text not null constraint fee_notes_note_fr_length check (char_length(note_fr) <= 500),
  version integer not null default 1,
  constraint fee_notes_in_pairs check ((note_en = '') = (note_fr = ''))
);
comment on table private.fee_notes is 'What a forum says below its fees, such as taxes and how to pay; none is an empty text.';
alter table private.fee_notes enable row level security;

-- No row until the person has chosen.
create table private.fees (
  registration_id uuid primary key references public.registrations on delete cascade,
  category_id uuid not null references private.fee_categories,
  invoice text not null default '' constraint fees_invoice_length check (char_length(invoice) <= 500),
  invoice_by uuid references public.people on delete set null,
  status public.fee_status not null default 'due',
  paid_on date,
  reason text constraint fees_reason_length check (char_length(reason) between 3 and 500),
  marked_by uuid references public.people on delete set null,
  marked_at timestamptz,
  constraint fees_paid_has_day check ((status = 'paid') = (paid_on is not null)),
  constraint fees_marked_has_moment check (status = 'due' or marked_at is not null)
);
comment on table private.fees is 'The fee category of each registration, whom to invoice, and whether it is paid.';
create index fees_by_category on private.fees (category_id);
create index fees_by_writer on private.fees (invoice_by);
create index fees_by_marker on private.fees (marked_by);
alter table private.fees enable row level security;

insert into private.personal_columns
select 'private.fees', c, 'invoice the fee of a forum', 'the person, organizers', '12 months after the forum',
  'delete_old_registrations; deleting the account'
from unnest(array['registration_id', 'category_id', 'invoice', 'invoice_by', 'status', 'paid_on', 'reason', 'marked_by',
  'marked_at']) c;

-- Guards and helpers --------------------------------------------------------------------------

-- What is paid for a registration that has ended is to be paid back, by hand.
create function private.fee_state(fee private.fees, amount integer, status public.registration_status, forum public.forums)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when forum.cancelled_at is not null or status in ('cancelled', 'refused')
      then case when fee.status = 'paid' then 'refund' else 'ended' end
    when fee.registration_id is null then case when status = 'confirmed' then 'unchosen' else 'ended' end
    when fee.status <> 'due' then fee.status::text
    when amount = 0 then 'free'
    when status = 'confirmed' then 'due'
    else 'waiting' end
$$;
comment on function private.fee_state is
  'How far a fee is: unchosen, free, waiting for a spot, due, paid, waived, refund for what is to be paid back; ended is no more.';

create function private.fee_categories_of(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'categories', jsonb_agg(jsonb_build_object('category_id', c.category_id, 'name_en', c.name_en, 'name_fr', c.name_fr,
      'about_en', c.about_en, 'about_fr', c.about_fr, 'amount', c.amount) order by c.position),
    'note_en', coalesce((select n.note_en from private.fee_notes n where n.forum_id = fee_categories_of.forum_id), ''),
    'note_fr', coalesce((select n.note_fr from private.fee_notes n where n.forum_id = fee_categories_of.forum_id), ''))
  from private.fee_categories c
  where c.forum_id = fee_categories_of.forum_id and c.hidden_at is null having count(*) > 0
$$;
comment on function private.fee_categories_of is 'The categories that one can choose, in order, and the note; null without any.';

create function private.is_chosen(category_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$ select exists (select from private.fees f where f.category_id = is_chosen.category_id) $$;
comment on function private.is_chosen is 'Whether anybody has chosen a fee category.';

-- Locks the forum, as choosing does, so that nobody chooses a category while it changes.
create function private.must_find_fee_category(category_id uuid)
returns private.fee_categories
language plpgsql
set search_path = ''
as $$
declare
  category private.fee_categories;
begin
  perform private.must_find_forum(c.forum_id) from private.fee_categories c
  where c.category_id = must_find_fee_category.category_id;
  select * into category from private.fee_categories c where c.category_id = must_find_fee_category.category_id for update;
  if not found then
    raise exception 'fee_category_not_found' using errcode = 'PT404';
  end if;
  return category;
end
$$;
comment on function private.must_find_fee_category is 'A fee category, locked together with its forum.';

create function private.must_have_room_for_category(forum_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if (select count(*) from private.fee_categories c
      where c.forum_id = must_have_room_for_category.forum_id and c.hidden_at is null) >= 12 then
    raise exception 'too_many_fee_categories' using errcode = 'PT409';
  end if;
end
$$;
comment on function private.must_have_room_for_category is 'A forum offers twelve fee categories at most, without hidden ones.';

-- The fee is the organization's, so it goes along. A fee that was waived does not: that was decided about one person.
create function private.hand_over_fee()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  taker uuid;
begin
  select r.registration_id into taker
  from private.invitations i
  join auth.users u on lower(u.email) = i.email
  join public.registrations r on r.person_id = u.id and r.forum_id = i.forum_id
  where i.from_registration_id = new.registration_id and i.used order by i.ended_at desc limit 1;
  if exists (select from private.fees f where f.registration_id = new.registration_id and f.status <> 'waived') then
    delete from private.fees f where f.registration_id = taker and f.status <> 'paid';
    update private.fees f set registration_id = taker, reason = null
    where f.registration_id = new.registration_id and taker is not null
      and not exists (select from private.fees o where o.registration_id = taker);
  end if;
  return null;
end
$$;
create trigger fees_follow_hand_over after insert on private.registration_history
  for each row when (new.act = 'handed_over') execute function private.hand_over_fee();

-- An account that is deleted takes along what it wrote, also for a spot that it handed over. Not in `fees_delete`,
-- which would lock fees before forums.
create function private.forget_invoice()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.invoice := '';
  return new;
end
$$;
create trigger fees_forget_invoice before update of invoice_by on private.fees
  for each row when (new.invoice_by is null) execute function private.forget_invoice();

-- Reads -------------------------------------------------------------------------------------

-- A column of forums that the API computes: who registers wants to know it before.
create function public.fee_choices(public.forums)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.fee_categories_of(f.forum_id) from public.forums f
  where f.forum_id = $1.forum_id and (f.published_at <= now() or (select private.is_organizer()))
$$;
comment on function public.fee_choices is
  'Column of forums: {categories: [{category_id, name_en, name_fr, about_en, about_fr, amount}], note_en, note_fr}, amounts in '
  'cents; null when it costs nothing. Callers: anyone.';

-- A column of registrations that the API computes.
create function public.fee(public.registrations)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('category_id', c.category_id, 'name_en', c.name_en, 'name_fr', c.name_fr,
    'about_en', c.about_en, 'about_fr', c.about_fr, 'amount', c.amount,
    'state', private.fee_state(f, c.amount, r.status, fo), 'paid_on', f.paid_on,
    'invoice', case when f.invoice_by = r.person_id then f.invoice else '' end,
    'invoice_of_other', f.invoice <> '' and f.invoice_by is distinct from r.person_id)
  from public.registrations r
  join public.forums fo using (forum_id)
  join private.fees f using (registration_id)
  join private.fee_categories c using (category_id)
  where r.registration_id = $1.registration_id and r.person_id = (select private.my_id())
$$;
comment on function public.fee is
  'Column of registrations: {category_id, name_en, name_fr, about_en, about_fr, amount, state, paid_on, invoice, invoice_of_other} '
  'of the fee that was chosen, or null. Callers: the person; null for others.';

revoke execute on function public.fee_choices, public.fee from public, anon, authenticated;
grant execute on function public.fee_choices to anon, authenticated;
grant execute on function public.fee to authenticated;

create function private.fee_rows(forum public.forums)
returns table (registration_id uuid, name text, state text, amount integer)
language sql
stable
set search_path = ''
as $$
  select r.registration_id, private.unaccented(r.name), private.fee_state(f, c.amount, r.status, forum), coalesce(c.amount, 0)
  from public.registrations r
  left join private.fees f using (registration_id)
  left join private.fee_categories c using (category_id)
  where r.forum_id = forum.forum_id
$$;
comment on function private.fee_rows is 'How far the fee of each registration of a forum is.';

-- Fifty a page by name, after a registration. The totals count deleted accounts no more.
create function public.fees_for_organizers(slug text, state text default 'due', after uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums;
  ids uuid[];
begin
  select * into forum from public.forums f where f.slug = fees_for_organizers.slug;
  if not found then
    return null;
  end if;
  ids := array(
    select l.registration_id from private.fee_rows(forum) l
    where l.state = fees_for_organizers.state and (fees_for_organizers.after is null or (l.name, l.registration_id) > (
      select private.unaccented(r.name), r.registration_id from public.registrations r where r.registration_id = fees_for_organizers.after))
    order by l.name, l.registration_id limit 51);
  return jsonb_build_object(
    'forum', jsonb_build_object('forum_id', forum.forum_id, 'slug', forum.slug, 'name_en', forum.name_en, 'name_fr', forum.name_fr,
      'time_zone', forum.time_zone, 'today', (clock_timestamp() at time zone forum.time_zone)::date),
    'note', coalesce(
      (select jsonb_build_object('note_en', n.note_en, 'note_fr', n.note_fr, 'version', n.version)
        from private.fee_notes n where n.forum_id = forum.forum_id),
      jsonb_build_object('note_en', '', 'note_fr', '', 'version', 1)),
    'categories', (
      select coalesce(jsonb_agg(jsonb_build_object('category_id', c.category_id, 'version', c.version, 'name_en', c.name_en,
        'name_fr', c.name_fr, 'about_en', c.about_en, 'about_fr', c.about_fr, 'amount', c.amount, 'hidden', c.hidden_at is not null,
        'chosen_by', (select count(*) from private.fees f where f.category_id = c.category_id)) order by c.position), '[]')
      from private.fee_categories c where c.forum_id = forum.forum_id),
    'totals', (
      select coalesce(jsonb_object_agg(t.state, jsonb_build_object('people', t.people, 'amount', t.amount)), '{}') from (
        select l.state, count(*) as people, sum(l.amount) as amount from private.fee_rows(forum) l group by l.state) t),
    'people', (
      select coalesce(jsonb_agg(jsonb_build_object('registration_id', r.registration_id, 'name', r.name,
        'organization_name', r.organization_name, 'email', private.mailbox_of(u.email), 'status', r.status, 'name_en', c.name_en,
        'name_fr', c.name_fr, 'amount', c.amount, 'fee_status', f.status, 'invoice', coalesce(f.invoice, ''), 'paid_on', f.paid_on,
        'reason', f.reason, 'marked_by', m.name, 'marked_at', f.marked_at) order by i.n), '[]')
      from unnest(ids[1:50]) with ordinality i(registration_id, n)
      join public.registrations r using (registration_id)
      join auth.users u on u.id = r.person_id
      left join private.fees f using (registration_id)
      left join private.fee_categories c using (category_id)
      left join public.people m on m.person_id = f.marked_by),
    'more', cardinality(ids) > 50);
end
$$;
comment on function public.fees_for_organizers is
  'The fee categories of a forum, totals by state, and up to 50 people of one state after a registration: {forum, note, '
  'categories, totals, people, more}; null without such a forum. Callers: organizers.';

-- For the page of one registration.
create function public.fee_of(registration_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return (
    select jsonb_build_object('name_en', c.name_en, 'name_fr', c.name_fr, 'amount', c.amount,
      'state', private.fee_state(f, c.amount, r.status, fo), 'paid_on', f.paid_on)
    from public.registrations r
    join public.forums fo using (forum_id)
    left join private.fees f using (registration_id)
    left join private.fee_categories c using (category_id)
    where r.registration_id = fee_of.registration_id
      and (f.registration_id is not null or private.fee_categories_of(r.forum_id) is not null));
end
$$;
comment on function public.fee_of is
  'The fee of a registration: {name_en, name_fr, amount, state, paid_on}; null when its forum costs nothing. Callers: organizers.';

-- Verbs -------------------------------------------------------------------------------------

-- Both languages are whole from the beginning, so that publishing a forum has nothing to ask.
create function public.save_fee_category(
  forum_id uuid, category_id uuid, version integer, name_en text, name_fr text, about_en text, about_fr text, amount integer
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  before private.fee_categories;
  saved uuid := coalesce(save_fee_category.category_id, gen_random_uuid());
begin
  if save_fee_category.category_id is not null then
    before := private.must_find_fee_category(save_fee_category.category_id);
    if before.forum_id <> forum.forum_id then
      raise exception 'fee_category_not_found' using errcode = 'PT404';
    elsif before.version is distinct from save_fee_category.version then
      raise exception 'fee_category_changed' using errcode = 'PT409';
    elsif before.amount is distinct from save_fee_category.amount and private.is_chosen(before.category_id) then
      raise exception 'fee_category_chosen' using errcode = 'PT409';
    end if;
  else
    perform private.must_have_room_for_category(forum.forum_id);
  end if;
  insert into private.fee_categories as c (category_id, forum_id, position, name_en, name_fr, about_en, about_fr, amount)
  values (saved, forum.forum_id,
    coalesce(before.position, 1 + coalesce((select max(o.position) from private.fee_categories o where o.forum_id = forum.forum_id), 0)),
    private.one_line(save_fee_category.name_en), private.one_line(save_fee_category.name_fr),
    private.one_line(coalesce(save_fee_category.about_en, '')), private.one_line(coalesce(save_fee_category.about_fr, '')),
    save_fee_category.amount)
  on conflict on constraint fee_categories_pkey do update
  set name_en = excluded.name_en, name_fr = excluded.name_fr, about_en = excluded.about_en, about_fr = excluded.about_fr,
      amount = excluded.amount, version = c.version + 1;
  perform private.log('save_fee_category', forum.forum_id);
  perform private.record_event('fee_category_saved', 'forum', forum.forum_id);
  return saved;
end
$$;
comment on function public.save_fee_category is
  'Adds a fee category to a forum, or changes one when nobody has saved it since that version, and gives its id. Callers: '
  'organizers. Refuses: forum_not_found, fee_category_not_found, fee_category_changed, fee_category_chosen, '
  'too_many_fee_categories, fee_categories_name_en_length, fee_categories_name_fr_length, fee_categories_amount_range, '
  'fee_categories_about_in_pairs.';

-- Changes places with the one before or after it; at the end of the list nothing changes.
create function public.move_fee_category(category_id uuid, up boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  category private.fee_categories := private.must_find_fee_category(category_id);
  other private.fee_categories;
begin
  select * into other from private.fee_categories c
  where c.forum_id = category.forum_id and c.hidden_at is null
    and case when move_fee_category.up then c.position < category.position else c.position > category.position end
  order by abs(c.position - category.position) limit 1;
  if found then
    update private.fee_categories c
    set position = case c.category_id when category.category_id then other.position else category.position end
    where c.category_id in (category.category_id, other.category_id);
    perform private.log('move_fee_category', category.forum_id);
  end if;
end
$$;
comment on function public.move_fee_category is
  'Moves a fee category up or down by one. Callers: organizers. Refuses: fee_category_not_found.';

-- Who has chosen it keeps it.
create function public.hide_fee_category(category_id uuid, hidden boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  category private.fee_categories := private.must_find_fee_category(category_id);
begin
  if (category.hidden_at is not null) = hide_fee_category.hidden then
    return;
  elsif not hide_fee_category.hidden then
    perform private.must_have_room_for_category(category.forum_id);
  end if;
  update private.fee_categories c set hidden_at = case when hide_fee_category.hidden then now() end
  where c.category_id = category.category_id;
  perform private.log(case when hide_fee_category.hidden then 'hide_fee_category' else 'show_fee_category' end, category.forum_id);
end
$$;
comment on function public.hide_fee_category is
  'Hides a fee category from people who choose later, or offers it again; sent twice, it changes nothing more. Callers: '
  'organizers. Refuses: fee_category_not_found, too_many_fee_categories.';

-- What somebody chose would leave them without a fee, so that is hidden instead.
create function public.delete_fee_category(category_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  category private.fee_categories := private.must_find_fee_category(category_id);
begin
  if private.is_chosen(category.category_id) then
    raise exception 'fee_category_chosen' using errcode = 'PT409';
  end if;
  delete from private.fee_categories c where c.category_id = category.category_id;
  perform private.log('delete_fee_category', category.forum_id);
end
$$;
comment on function public.delete_fee_category is
  'Deletes a fee category that nobody has chosen. Callers: organizers. Refuses: fee_category_not_found, fee_category_chosen.';

-- The version begins at 1, also where there is no row yet.
create function public.save_fee_note(forum_id uuid, version integer, note_en text, note_fr text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  if save_fee_note.version is distinct from
    coalesce((select n.version from private.fee_notes n where n.forum_id = forum.forum_id), 1)
  then
    raise exception 'fee_note_changed' using errcode = 'PT409';
  end if;
  insert into private.fee_notes as n (forum_id, note_en, note_fr, version)
  values (forum.forum_id, btrim(coalesce(save_fee_note.note_en, '')), btrim(coalesce(save_fee_note.note_fr, '')), 2)
  on conflict on constraint fee_notes_pkey do update
  set note_en = excluded.note_en, note_fr = excluded.note_fr, version = n.version + 1;
  perform private.log('save_fee_note', forum.forum_id);
end
$$;
comment on function public.save_fee_note is
  'Saves what a forum says below its fees, when nobody has saved it since that version; a forum without such a text has '
  'version 1. Callers: organizers. Refuses: forum_not_found, fee_note_changed, fee_notes_in_pairs.';

-- Nothing written keeps what somebody else wrote, such as the person who handed the spot over.
create function public.choose_fee(forum_id uuid, category_id uuid, invoice text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations := private.must_be_registered(forum, me);
  written text := btrim(coalesce(choose_fee.invoice, ''), E' \n\t');
  before private.fees;
begin
  if mine.status not in ('pending', 'confirmed', 'waitlisted') then
    raise exception 'not_registered' using errcode = 'PT404';
  end if;
  perform private.must_take_place(forum);
  select * into before from private.fees f where f.registration_id = mine.registration_id for update;
  if not exists (
    select from private.fee_categories c
    where c.category_id = choose_fee.category_id and c.forum_id = forum.forum_id
      and (c.hidden_at is null or c.category_id = before.category_id))
  then
    raise exception 'fee_category_not_found' using errcode = 'PT404';
  elsif before.status <> 'due' and before.category_id <> choose_fee.category_id then
    raise exception 'fee_settled' using errcode = 'PT409';
  end if;
  insert into private.fees as f (registration_id, category_id, invoice, invoice_by)
  values (mine.registration_id, choose_fee.category_id, written, me)
  on conflict on constraint fees_pkey do update
  set category_id = excluded.category_id,
      invoice = case when written = '' and f.invoice_by is distinct from me then f.invoice else written end,
      invoice_by = case when written = '' and f.invoice_by is distinct from me then f.invoice_by else me end;
  perform private.record_event('fee_chosen', 'registration', mine.registration_id);
end
$$;
comment on function public.choose_fee is
  'Chooses the fee category of the person who asks, and whom to invoice; the category cannot change once it is paid or waived. '
  'Callers: people who are registered or wait. Refuses: forum_not_found, not_registered, forum_cancelled, registration_forum_over, '
  'fee_category_not_found, fee_settled, fees_invoice_length.';

-- What is not as it should be for this act stays as it is: two organizers at once change it once.
create function public.mark_fees(forum_id uuid, registration_ids uuid[], status public.fee_status, paid_on date, reason text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  today date := (clock_timestamp() at time zone forum.time_zone)::date;
  why text;
  registration public.registrations;
  marked integer := 0;
begin
  if mark_fees.status is null then
    raise exception 'fee_status_missing' using errcode = 'PT422';
  elsif mark_fees.status = 'paid' and coalesce(mark_fees.paid_on not between today - 730 and today, true) then
    raise exception 'fee_paid_day' using errcode = 'PT422';
  elsif mark_fees.status <> 'paid' then
    why := private.must_have_reason(mark_fees.reason);
  end if;
  for registration in select * from private.must_find_registrations(forum_id, registration_ids) loop
    update private.fees f
    set status = mark_fees.status, paid_on = case when mark_fees.status = 'paid' then mark_fees.paid_on end, reason = why,
        marked_by = me, marked_at = clock_timestamp()
    where f.registration_id = registration.registration_id and (f.status = 'due') = (mark_fees.status <> 'due')
      and exists (select from private.fee_categories c where c.category_id = f.category_id and c.amount > 0);
    if found then
      marked := marked + 1;
      perform private.log(
        case mark_fees.status when 'paid' then 'mark_fee_paid' when 'waived' then 'waive_fee' else 'reopen_fee' end,
        registration.person_id, context_id => forum.forum_id);
    end if;
  end loop;
  return marked;
end
$$;
comment on function public.mark_fees is
  'Marks fees that are due as paid on a day, or waives them with a reason; with `due` and a reason it takes either back. Gives '
  'how many it changed. Callers: organizers. Refuses: forum_not_found, fee_status_missing, fee_paid_day, reason_missing, '
  'registration_not_found, too_many_registrations.';

revoke execute on function public.fees_for_organizers, public.fee_of, public.save_fee_category, public.move_fee_category,
  public.hide_fee_category, public.delete_fee_category, public.save_fee_note, public.choose_fee, public.mark_fees from public, anon;
grant execute on function public.fees_for_organizers, public.fee_of, public.save_fee_category, public.move_fee_category,
  public.hide_fee_category, public.delete_fee_category, public.save_fee_note, public.choose_fee, public.mark_fees to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.fees_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('fees', jsonb_build_object(
    'categories', (
      select count(*) from private.fee_categories c where c.forum_id = fees_organize.forum_id and c.hidden_at is null),
    'due', (
      select count(*) from private.fees f
      join private.fee_categories c using (category_id)
      join public.registrations r using (registration_id)
      join public.forums fo on fo.forum_id = c.forum_id
      where c.forum_id = fees_organize.forum_id and private.fee_state(f, c.amount, r.status, fo) = 'due')))
$$;
comment on function private.fees_organize is 'For organizers: how many fee categories a forum has, and how many people owe their fee.';

create function private.fees_clone_forum(source_id uuid, copy_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into private.fee_categories (forum_id, position, name_en, name_fr, about_en, about_fr, amount)
  select fees_clone_forum.copy_id, c.position, c.name_en, c.name_fr, c.about_en, c.about_fr, c.amount
  from private.fee_categories c where c.forum_id = fees_clone_forum.source_id and c.hidden_at is null;
  insert into private.fee_notes (forum_id, note_en, note_fr)
  select fees_clone_forum.copy_id, n.note_en, n.note_fr from private.fee_notes n where n.forum_id = fees_clone_forum.source_id;
$$;
comment on function private.fees_clone_forum is
  'Copies the fee categories of a forum that are not hidden, and the note; never who chose one.';

create function private.fees_delete_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.fee_categories c where c.forum_id = fees_delete_forum.forum_id and not private.is_chosen(c.category_id)
$$;
comment on function private.fees_delete_forum is 'Deletes the fee categories of a draft, but none that somebody chose.';

create function private.fees_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('fees', (
    select coalesce(jsonb_agg(jsonb_build_object('forum', fo.slug, 'category_en', c.name_en, 'category_fr', c.name_fr,
      'amount', c.amount, 'status', f.status, 'paid_on', f.paid_on, 'reason', f.reason, 'marked_at', f.marked_at,
      'invoice', case when f.invoice_by = person then f.invoice end) order by fo.starts_on), '[]')
    from private.fees f
    join private.fee_categories c using (category_id)
    join public.registrations r using (registration_id)
    join public.forums fo on fo.forum_id = r.forum_id
    where r.person_id = person or f.invoice_by = person))
$$;
comment on function private.fees_export is
  'The fees of a person, and whom to invoice where they wrote it, also for a spot that they handed over.';
