-- Mailings: what the people of a forum are written beside their registration: reminders, news of another date or
-- place, and what organizers write. Each email is queued in the transaction that causes it. Organizers see what was
-- sent; a person reads what was sent to them, since a discreet email says nothing.

insert into private.domains values ('mailings', 66);

-- A row and its email are one transaction, so that nobody gets a reminder twice. Another date is another reminder.
create table private.reminders (
  registration_id uuid not null references public.registrations on delete cascade,
  days integer not null,
  starts_on date not null,
  primary key (registration_id, days, starts_on)
);
comment on table private.reminders is 'Who was reminded of a forum, how many days before which first day.';
alter table private.reminders enable row level security;

-- The id comes from the form, so that a button pressed twice sends once.
create table private.mailings (
  mailing_id uuid primary key,
  forum_id uuid not null references public.forums on delete cascade,
  statuses public.registration_status[] not null,
  subject_en text not null constraint mailings_subject_en_length check (char_length(subject_en) between 3 and 100),
  subject_fr text not null constraint mailings_subject_fr_length check (char_length(subject_fr) between 3 and 100),
  text_en text not null constraint mailings_text_en_length check (char_length(text_en) between 3 and 4000),
  text_fr text not null constraint mailings_text_fr_length check (char_length(text_fr) between 3 and 4000),
  sent_by uuid references public.people on delete set null,
  sent_at timestamptz not null default clock_timestamp(),
  recipients integer not null default 0
);
comment on table private.mailings is 'Emails of organizers to people of a forum.';
create index mailings_by_forum on private.mailings (forum_id, sent_at);
create index mailings_by_sender on private.mailings (sent_by);
alter table private.mailings enable row level security;

create table private.mailing_recipients (
  mailing_id uuid not null references private.mailings on delete cascade,
  registration_id uuid not null references public.registrations on delete cascade,
  primary key (registration_id, mailing_id)
);
comment on table private.mailing_recipients is 'Who got which email of organizers.';
create index mailing_recipients_by_mailing on private.mailing_recipients (mailing_id);
alter table private.mailing_recipients enable row level security;

insert into private.personal_columns
select t, c, purpose, readers, '12 months after the forum', deleted_by
from (values
  ('private.reminders', array['registration_id', 'days', 'starts_on'], 'remind a person once', 'nobody',
    'deleting the registration'),
  ('private.mailings', array['sent_by'], 'answer for what was sent', 'organizers', 'mailings_retention; deleting the account'),
  ('private.mailing_recipients', array['mailing_id', 'registration_id'], 'show a person what was written to them', 'the person',
    'deleting the registration')
) v(t, columns, purpose, readers, deleted_by), unnest(v.columns) c;

-- Holds only what `drop_planned` looks for, so that no other job costs more.
create index mailings_planned on private.jobs ((payload #>> '{facts,slug}'))
  where kind = 'mail_send' and finished_at is null and failed_at is null and payload ->> 'kind' in ('forum_changed', 'reminder');

-- Jobs that a worker has claimed are left to it.
create function private.drop_planned(forum_id uuid, registration_id uuid default null)
returns setof jsonb
language sql
set search_path = ''
as $$
  delete from private.jobs j
  where j.kind = 'mail_send' and j.finished_at is null and j.failed_at is null
    and coalesce(j.locked_until < clock_timestamp(), true)
    and j.payload ->> 'kind' in ('forum_changed', 'reminder')
    and j.payload #>> '{facts,slug}' = (select f.slug from public.forums f where f.forum_id = drop_planned.forum_id)
    and (registration_id is null or j.payload #>> '{facts,registration_id}' = registration_id::text)
  returning j.payload -> 'facts'
$$;
comment on function private.drop_planned is
  'Deletes reminders and news of changes that are not sent yet, of a forum or of one registration; gives their facts.';

-- Somebody who has no registration any more gets nothing that was planned.
create function private.follow_registration()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.drop_planned(new.forum_id, new.registration_id);
  return null;
end
$$;
create trigger mailings_follow_registration after update of status on public.registrations
  for each row when (old.status = 'confirmed' and new.status <> 'confirmed'
    or old.status = 'waitlisted' and new.status not in ('confirmed', 'waitlisted'))
  execute function private.follow_registration();

create function private.mailings_cancel_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ select private.drop_planned(forum_id) $$;
comment on function private.mailings_cancel_forum is 'Deletes reminders and news of changes that are not sent yet.';

-- What people plan by. Its keys begin with `prefix`, so that an email can name two of them.
create function private.meeting_of(forum public.forums, prefix text default '')
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(prefix || 'starts_on', forum.starts_on, prefix || 'ends_on', forum.ends_on, prefix || 'city', forum.city,
    prefix || 'place_en', forum.place_en, prefix || 'place_fr', forum.place_fr)
$$;
comment on function private.meeting_of is 'The dates and the place of a forum, as facts of an email.';

-- Ten minutes later, so that several changes are one email, and one that is taken back is none. The old facts are
-- those that people knew last.
create function private.follow_forum()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  planned jsonb;
begin
  if new.published_at is null or not private.takes_place(new) then
    return null;
  end if;
  select coalesce(jsonb_object_agg(d.facts ->> 'registration_id', d.facts), '{}') into planned
  from private.drop_planned(new.forum_id) d(facts) where d.facts ? 'was_starts_on';
  perform private.email_registration(r, new, 'forum_changed',
    w.was || coalesce(private.calendar_facts(r.registration_id, case when r.status = 'confirmed' then 'REQUEST' end), '{}'),
    delay => interval '10 minutes')
  from public.registrations r
  cross join lateral (
    select jsonb_object_agg(k.key, coalesce(planned -> r.registration_id::text, k.old) -> k.key) as was
    from (select o.key, private.meeting_of(old, 'was_') as old from jsonb_object_keys(private.meeting_of(old, 'was_')) o(key)) k
  ) w
  where r.forum_id = new.forum_id and r.status in ('confirmed', 'waitlisted') and w.was <> private.meeting_of(new, 'was_');
  return null;
end
$$;
create trigger mailings_follow_forum after update on public.forums
  for each row when (private.meeting_of(new) is distinct from private.meeting_of(old)) execute function private.follow_forum();

-- From nine in the morning where the forum takes place; not to who was confirmed in the day before. After a pause of
-- the site a reminder comes late or not at all, never when the forum has begun.
create function private.remind(forum public.forums, at timestamptz)
returns integer
language sql
set search_path = ''
as $$
  with due as (
    select d.days, d.days * interval '1 day' as before, (forum.starts_on - d.days + time '09:00') at time zone forum.time_zone as since,
           case when d.days > 1 then interval '3 days'
             else forum.starts_on::timestamp at time zone forum.time_zone - remind.at end as good_for
    from (values (7), (1)) d(days)
  ), made as (
    insert into private.reminders (registration_id, days, starts_on)
    select r.registration_id, d.days, forum.starts_on
    from due d join public.registrations r on r.forum_id = forum.forum_id and r.status = 'confirmed'
      and r.confirmed_at < d.since - interval '1 day'
    where remind.at >= d.since and remind.at < d.since + interval '15 hours'
    on conflict do nothing
    returning registration_id, days
  ), queued as materialized (
    select m.registration_id, private.email_registration(r, forum, 'reminder', good_for => d.good_for)
    from made m join due d using (days) join public.registrations r using (registration_id)
  )
  select count(*)::integer from queued
$$;
comment on function private.remind is
  'Queues the reminders of a forum that are due at a moment; how many. The caller has locked the forum.';

-- The lock lets a cancellation come before a reminder or after it, where it deletes what waits.
create function public.remind_people()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums;
  reminded integer := 0;
begin
  for forum in
    select f.* from public.forums f
    where f.published_at <= now() and f.cancelled_at is null and f.starts_on between current_date - 1 and current_date + 9
    order by f.forum_id for no key update
  loop
    reminded := reminded + private.remind(forum, clock_timestamp());
  end loop;
  return reminded;
end
$$;
comment on function public.remind_people is
  'Reminds confirmed people 7 days and 1 day before a forum, each once; how many. Callers: the site (secret key).';
revoke execute on function public.remind_people from public, anon, authenticated;
grant execute on function public.remind_people to service_role;

-- What organizers write -----------------------------------------------------------------------

-- Each person reads their own language; the text is also on the page of their registration.
create function public.send_mailing(
  mailing_id uuid, forum_id uuid, statuses public.registration_status[], subject_en text, subject_fr text, text_en text, text_fr text
)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  sent private.mailings;
begin
  select * into sent from private.mailings e where e.mailing_id = send_mailing.mailing_id;
  if found then
    return sent.recipients;
  elsif coalesce(cardinality(statuses), 0) = 0 or not statuses <@ array['confirmed', 'waitlisted', 'pending']::public.registration_status[]
  then
    raise exception 'mailing_to_nobody' using errcode = 'PT422';
  elsif (
    select count(*) from private.mailings e where e.forum_id = forum.forum_id and e.sent_at > clock_timestamp() - interval '1 day') >= 10
  then
    raise exception 'too_many_mailings' using errcode = 'PT429';
  end if;
  insert into private.mailings (mailing_id, forum_id, statuses, subject_en, subject_fr, text_en, text_fr, sent_by)
  values (send_mailing.mailing_id, forum.forum_id, array(select distinct unnest(statuses) order by 1),
    private.one_line(send_mailing.subject_en), private.one_line(send_mailing.subject_fr),
    btrim(send_mailing.text_en, E' \n\t'), btrim(send_mailing.text_fr, E' \n\t'), me)
  returning * into sent;
  with made as (
    insert into private.mailing_recipients (mailing_id, registration_id)
    select sent.mailing_id, r.registration_id from public.registrations r
    where r.forum_id = forum.forum_id and r.status = any(sent.statuses)
    returning registration_id
  )
  update private.mailings e set recipients = (select count(*) from made) where e.mailing_id = sent.mailing_id returning * into sent;
  if sent.recipients = 0 then
    raise exception 'mailing_to_nobody' using errcode = 'PT422';
  end if;
  perform private.email_registration(r, forum, 'from_organizers', case p.language
    when 'en' then jsonb_build_object('subject', sent.subject_en, 'text', sent.text_en)
    else jsonb_build_object('subject', sent.subject_fr, 'text', sent.text_fr) end)
  from private.mailing_recipients t join public.registrations r using (registration_id) join public.people p using (person_id)
  where t.mailing_id = sent.mailing_id;
  perform private.log('send_mailing', forum.forum_id, sent.statuses::text[]);
  perform private.record_event('mailing_sent', 'forum', forum.forum_id, jsonb_build_object('recipients', sent.recipients));
  return sent.recipients;
end
$$;
comment on function public.send_mailing is
  'Emails the people of a forum with these statuses, each in their language; how many. Sent twice with one `mailing_id`, it '
  'is sent once. Callers: organizers. Refuses: forum_not_found, mailing_to_nobody, too_many_mailings, '
  'mailings_subject_en_length, mailings_subject_fr_length, mailings_text_en_length, mailings_text_fr_length.';

-- Counts first: a form asks whom to reach, and its review how many.
create function public.mailings_of(forum_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.must_be_organizer();
  return jsonb_build_object(
    'counts', (
      select jsonb_build_object('confirmed', count(*) filter (where r.status = 'confirmed'),
        'waitlisted', count(*) filter (where r.status = 'waitlisted'), 'pending', count(*) filter (where r.status = 'pending'))
      from public.registrations r where r.forum_id = mailings_of.forum_id),
    'sent', (
      select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
        select e.mailing_id, e.sent_at, e.statuses, e.recipients, e.subject_en, e.subject_fr, p.name as sender
        from private.mailings e left join public.people p on p.person_id = e.sent_by
        where e.forum_id = mailings_of.forum_id order by e.sent_at desc limit 20) s));
end
$$;
comment on function public.mailings_of is
  'How many people an email can reach, by status, and the latest 20 that were sent: {counts, sent}. Callers: organizers.';

-- For discreet emails, which leave their text to the site.
create function public.my_mailings(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(to_jsonb(s)), '[]') from (
      select e.mailing_id, e.sent_at, e.subject_en, e.subject_fr, e.text_en, e.text_fr
      from public.forums f
      join public.registrations r using (forum_id)
      join private.mailing_recipients t using (registration_id)
      join private.mailings e using (mailing_id)
      where f.slug = my_mailings.slug and r.person_id = (select private.my_id())
      order by e.sent_at desc limit 20) s);
end
$$;
comment on function public.my_mailings is
  'The latest 20 emails of organizers of a forum to the person who asks, newest first. Callers: people; nothing for others.';

revoke execute on function public.send_mailing, public.mailings_of, public.my_mailings from public, anon, authenticated;
grant execute on function public.send_mailing, public.mailings_of, public.my_mailings to authenticated;

-- What other domains gather ------------------------------------------------------------------

create function private.mailings_export(person uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'reminders', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.starts_on, m.days), '[]')
      from private.reminders m join public.registrations r using (registration_id) where r.person_id = person),
    'mailings', (
      select coalesce(jsonb_agg(to_jsonb(e) order by e.sent_at), '[]') from private.mailings e where e.sent_by = person),
    'mailing_recipients', (
      select coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('sent_at', e.sent_at, 'subject_en', e.subject_en,
        'subject_fr', e.subject_fr, 'text_en', e.text_en, 'text_fr', e.text_fr) order by e.sent_at), '[]')
      from private.mailing_recipients t join private.mailings e using (mailing_id)
      join public.registrations r using (registration_id) where r.person_id = person))
$$;
comment on function private.mailings_export is 'Reminders of a person, what organizers wrote to them, and what they sent themselves.';

create function private.mailings_retention()
returns jsonb
language sql
set search_path = ''
as $$
  with gone as (
    delete from private.mailings e using public.forums f
    where f.forum_id = e.forum_id and f.ends_on < current_date - interval '12 months' returning 1
  )
  select jsonb_build_object('mailings', (select count(*) from gone))
$$;
comment on function private.mailings_retention is 'Deletes emails of organizers 12 months after their forum.';
