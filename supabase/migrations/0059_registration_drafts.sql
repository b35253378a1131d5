-- Registrations, before they are sent: what somebody typed in the steps of registering.
--
-- Stored for one day, so that Back, a reload, the other language, a session that ends and another device lose nothing,
-- also without script. Sending the registration deletes it. An account without a profile has one too.

create table private.registration_drafts (
  forum_id uuid not null references public.forums on delete cascade,
  person_id uuid not null references auth.users on delete cascade,
  typed jsonb not null constraint registration_drafts_typed_length check (octet_length(typed::text) <= 65536),
  saved_at timestamptz not null default clock_timestamp(),
  primary key (forum_id, person_id)
);
comment on table private.registration_drafts is 'What somebody typed to register and has not sent, by the names of the fields.';
create index registration_drafts_by_person on private.registration_drafts (person_id);
alter table private.registration_drafts enable row level security;

insert into private.personal_columns
select 'private.registration_drafts', c, 'lose nothing that is typed before it is sent', 'the person',
  '2 days at most, or until it is sent', 'registrations_retention; register; deleting the account'
from unnest(array['forum_id', 'person_id', 'typed', 'saved_at']) c;

-- Instead of what was saved before: who goes back a step sends all fields again.
create function public.save_registration_draft(forum_id uuid, typed jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_signed_in();
begin
  if not exists (
    select from public.forums f where f.forum_id = save_registration_draft.forum_id and f.published_at is not null
  ) then
    raise exception 'forum_not_found' using errcode = 'PT404';
  end if;
  insert into private.registration_drafts as d (forum_id, person_id, typed)
  values (save_registration_draft.forum_id, me, save_registration_draft.typed)
  on conflict on constraint registration_drafts_pkey do update set typed = excluded.typed, saved_at = excluded.saved_at;
end
$$;
comment on function public.save_registration_draft is
  'Saves what the person who asks has typed to register, instead of what was saved before; up to 64 KiB. Callers: signed in, '
  'with or without a profile. Refuses: sign_in_first, forum_not_found, registration_drafts_typed_length.';

-- A column of forums that the API computes, for the person who asks.
create function public.registration_draft(public.forums)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select d.typed from private.registration_drafts d
    where d.forum_id = $1.forum_id and d.person_id = (select auth.uid()) and (select private.session_is_live())
      and d.saved_at > clock_timestamp() - interval '1 day');
end
$$;
comment on function public.registration_draft is
  'Column of forums: what the person who asks has typed to register in the last day and has not sent, or null. '
  'Callers: signed in.';

revoke execute on function public.save_registration_draft, public.registration_draft from public, anon;
grant execute on function public.save_registration_draft, public.registration_draft to authenticated;
