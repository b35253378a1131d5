-- Registrations, second part: changing one's own registration until the organizers' deadline.
--
-- An edit says nothing of the place: status, mode and moment of joining stay, whatever was changed, and who waits
-- keeps their position. The sector follows the profile, where only an organizer moves somebody out of government.

create function private.edits_until(forum public.forums)
returns date
language sql
immutable
set search_path = ''
as $$ select coalesce(forum.edits_until, forum.starts_on - 1) $$;
comment on function private.edits_until is 'The last day, where the forum takes place, on which people change their registration.';

-- Nothing of it is saved in part: a refusal leaves the registration as it was.
create function public.edit_registration(
  forum_id uuid, name text, badge_name text, language public.language, province public.province, organization_name text,
  answers jsonb default '{}'
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_someone();
  forum public.forums := private.must_find_forum(forum_id);
  mine public.registrations;
begin
  -- The person before registrations, as every verb locks them.
  perform from public.people p where p.person_id = me for update;
  mine := private.must_be_registered(forum, me);
  if mine.status in ('refused', 'cancelled') then
    raise exception 'not_registered' using errcode = 'PT404';
  elsif forum.cancelled_at is not null then
    raise exception 'forum_cancelled' using errcode = 'PT409';
  elsif (now() at time zone forum.time_zone)::date > private.edits_until(forum) then
    raise exception 'edits_closed' using errcode = 'PT409';
  elsif edit_registration.province is null or edit_registration.language is null then
    raise exception 'registration_incomplete' using errcode = 'PT422';
  end if;
  perform private.save_person(me, edit_registration.name, edit_registration.language, edit_registration.province,
    (select p.sector from public.people p where p.person_id = me), edit_registration.organization_name);
  update public.registrations r
  set name = private.one_line(edit_registration.name), badge_name = nullif(private.one_line(edit_registration.badge_name), ''),
      language = edit_registration.language, province = edit_registration.province,
      organization_name = nullif(private.one_line(edit_registration.organization_name), '')
  where r.registration_id = mine.registration_id;
  perform private.save_answers(forum.forum_id, me, edit_registration.answers);
  -- With another province somebody may fill a reserve, which leaves room for those who wait.
  if mine.province <> edit_registration.province then
    perform private.offer_spots(forum, mine.mode);
  end if;
  perform private.record_event('registration_edited', 'registration', mine.registration_id);
end
$$;
comment on function public.edit_registration is
  'Changes the registration, the profile and the answers of the person who asks; their place stays as it is. Callers: '
  'people who are registered. Refuses: forum_not_found, not_registered, forum_cancelled, edits_closed, '
  'registration_incomplete, answers_unknown, answers_missing, answers_text_length.';

-- Null for the day before the forum.
create function public.set_edits_until(forum_id uuid, day date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
begin
  update public.forums f set edits_until = set_edits_until.day where f.forum_id = forum.forum_id;
  perform private.log('set_edits_until', forum.forum_id, array['edits_until']);
  perform private.record_event('forum_edits_until_set', 'forum', forum.forum_id);
end
$$;
comment on function public.set_edits_until is
  'Sets the last day on which people change their registration; null for the day before the forum. Callers: '
  'organizers. Refuses: forum_not_found, forums_edits_before_end.';

revoke execute on function public.edit_registration, public.set_edits_until from public, anon;
grant execute on function public.edit_registration, public.set_edits_until to authenticated;
