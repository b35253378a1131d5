-- Materials: files and links of a forum or of one of its sessions, such as slides, handouts and recordings.
--
-- Organizers add them, for everyone, for the participants of the forum or for members of the network; a session that is
-- closed to government closes its materials to everybody who may not enter it, organizers too. The bytes of a file lie outside
-- of the database, under a random name; each download asks here first. Who may not read a material gets the same
-- answer as for one that does not exist.

insert into private.domains values ('materials', 74);

create type public.material_audience as enum ('public', 'participants', 'members');
create type public.material_type as enum ('pdf', 'docx', 'pptx', 'xlsx', 'odt', 'odp', 'ods', 'jpg', 'png');

create table private.materials (
  material_id uuid primary key,
  forum_id uuid not null references public.forums on delete cascade,
  session_id uuid references public.sessions on delete cascade,
  audience public.material_audience not null,
  language public.session_language not null,
  title_en text not null constraint materials_title_en_length check (char_length(title_en) between 2 and 160),
  title_fr text not null constraint materials_title_fr_length check (char_length(title_fr) between 2 and 160),
  -- Signs of ASCII alone: nothing in an address turns the direction of the text around it.
  url text constraint materials_url_secure check (url ~ '^https://[!-~]+$' and char_length(url) <= 500),
  file_id uuid constraint materials_file_once unique,
  type public.material_type,
  bytes integer constraint materials_bytes_few check (bytes between 1 and 10000000),
  version integer not null default 1,
  added_at timestamptz not null default clock_timestamp(),
  constraint materials_link_or_file check (
    case when url is null then num_nulls(file_id, type, bytes) = 0 else num_nonnulls(file_id, type, bytes) = 0 end)
);
comment on table private.materials is
  'Files and links of forums and sessions; read through functions. The bytes lie elsewhere, named by `file_id`.';
create index materials_of_forum on private.materials (forum_id, added_at);
create index materials_of_session on private.materials (session_id);
alter table private.materials enable row level security;

-- Whatever deletes the row: a verb, a session or a draft forum.
create function private.delete_material_file()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.queue_job('materials_delete_file', jsonb_build_object('file', old.file_id), old.file_id::text);
  return null;
end
$$;
create trigger materials_delete_file after delete on private.materials
  for each row when (old.file_id is not null) execute function private.delete_material_file();

-- Guards and helpers --------------------------------------------------------------------------

create function private.may_enter_session(session_id uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.may_enter(coalesce(
    (select s.closed_to_government from public.sessions s where s.session_id = may_enter_session.session_id),
    may_enter_session.session_id is not null));
end
$$;
comment on function private.may_enter_session is
  'Whether who asks may know what belongs to a session; what belongs to none is closed to nobody.';

create function private.may_read_material(material private.materials)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.may_enter_session(material.session_id) and (
    private.is_organizer()
    or exists (select from public.forums f where f.forum_id = material.forum_id and f.published_at <= now()) and case material.audience
      when 'public' then true
      when 'members' then private.is_approved()
      else exists (
        select from public.registrations r
        where r.forum_id = material.forum_id and r.person_id = (select private.my_id()) and r.status = 'confirmed') end);
end
$$;
comment on function private.may_read_material is 'Whether who asks may read a material; a visitor reads what is public.';

-- No lock on sessions: when a session is closed, its materials are closed when they are read.
create function private.must_place_material(forum_id uuid, session_id uuid, audience public.material_audience)
returns public.forums
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  forum public.forums := private.must_find_forum(forum_id);
  session public.sessions;
begin
  if must_place_material.session_id is not null then
    select * into session from public.sessions s
    where s.session_id = must_place_material.session_id and s.forum_id = forum.forum_id;
    if not found or not private.may_enter_session(session.session_id) then
      raise exception 'session_not_found' using errcode = 'PT404';
    elsif session.closed_to_government and must_place_material.audience = 'public' then
      raise exception 'material_public_closed' using errcode = 'PT422';
    end if;
  end if;
  return forum;
end
$$;
comment on function private.must_place_material is
  'The forum, locked, for an organizer who puts a material there or in one of its sessions, or a refusal.';

create function private.must_find_material(material_id uuid)
returns private.materials
language plpgsql
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
  material private.materials;
begin
  perform private.must_find_forum(t.forum_id) from private.materials t where t.material_id = must_find_material.material_id;
  select * into material from private.materials t where t.material_id = must_find_material.material_id for update;
  if not found or not private.may_enter_session(material.session_id) then
    raise exception 'material_not_found' using errcode = 'PT404';
  end if;
  return material;
end
$$;
comment on function private.must_find_material is
  'A material, locked with its forum, for an organizer who may enter its session, or a refusal.';

-- Without the name of the file in the store.
create function private.material_line(material private.materials)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('material_id', material.material_id, 'session_id', material.session_id, 'audience', material.audience,
    'language', material.language, 'title_en', material.title_en, 'title_fr', material.title_fr, 'url', material.url,
    'type', material.type, 'bytes', material.bytes, 'version', material.version)
$$;
comment on function private.material_line is 'A material as lists show it.';

-- In the order of the program; what belongs to the whole forum comes first.
create function private.material_lines(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.material_line(t) || jsonb_build_object(
      'session', case when s.session_id is not null then jsonb_build_object('title_en', s.title_en, 'title_fr', s.title_fr) end)
    order by s.position nulls first, s.session_id, t.added_at, t.material_id), '[]')
  from private.materials t left join public.sessions s using (session_id)
  where t.forum_id = material_lines.forum_id and private.may_read_material(t)
$$;
comment on function private.material_lines is 'The materials of a forum that who asks may read.';

-- Reads -------------------------------------------------------------------------------------

-- What who asks may not read leaves no trace in the list.
create function public.materials_page(slug text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'forum', jsonb_build_object('slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr, 'published', f.published_at <= now()),
    'materials', private.material_lines(f.forum_id))
  from public.forums f
  where f.slug = materials_page.slug and (f.published_at <= now() or private.is_organizer())
$$;
comment on function public.materials_page is
  'The materials of a forum that who asks may read: {forum, materials}; null without such a forum. Callers: anyone.';

-- A column of forums that the API computes; it reads the forum again, because in SQL a caller could pass a row of their own.
create function public.has_materials(public.forums)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.forums f join private.materials t using (forum_id)
    where f.forum_id = $1.forum_id and private.may_read_material(t))
$$;
comment on function public.has_materials is 'Column of forums: whether who asks may read a material of it. Callers: anyone.';

-- The list may be older than a suspension or a closed session: nothing but this answer opens a file.
create function public.material_file(material_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('file_id', t.file_id, 'type', t.type, 'title_en', t.title_en, 'title_fr', t.title_fr)
  from private.materials t
  where t.material_id = material_file.material_id and t.file_id is not null and private.may_read_material(t)
$$;
comment on function public.material_file is
  'Which file a material is, {file_id, type, title_en, title_fr}, asked at each download; null for a link, for one that is '
  'not there and for one that is not for who asks. Callers: anyone.';

-- Bytes of closed sessions are left out as well: a sum would say that there is something.
create function public.materials_for_organizers(slug text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me uuid := private.must_be_organizer();
begin
  return (
    select jsonb_build_object(
      'forum', jsonb_build_object('forum_id', f.forum_id, 'slug', f.slug, 'name_en', f.name_en, 'name_fr', f.name_fr),
      'sessions', (
        select coalesce(jsonb_agg(jsonb_build_object('session_id', s.session_id, 'title_en', s.title_en, 'title_fr', s.title_fr,
          'closed', s.closed_to_government) order by s.position, s.session_id), '[]')
        from public.sessions s where s.forum_id = f.forum_id and private.may_enter_session(s.session_id)),
      'bytes', (
        select coalesce(sum(t.bytes), 0) from private.materials t
        where t.forum_id = f.forum_id and private.may_enter_session(t.session_id)),
      'materials', private.material_lines(f.forum_id))
    from public.forums f where f.slug = materials_for_organizers.slug);
end
$$;
comment on function public.materials_for_organizers is
  'The materials of a forum with the sessions they may belong to and how many bytes its files have: {forum, sessions, bytes, '
  'materials}; null without a forum. Callers: organizers.';

-- Verbs -------------------------------------------------------------------------------------

-- The id is made by the form, so that a material sent twice is one; of the second file nothing is stored here.
create function public.add_material(
  material_id uuid, forum_id uuid, session_id uuid, audience public.material_audience, language public.session_language,
  title_en text, title_fr text, url text, file_id uuid, type public.material_type, bytes integer
)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  forum public.forums := private.must_place_material(forum_id, session_id, audience);
  before private.materials;
begin
  select * into before from private.materials t where t.material_id = add_material.material_id;
  if before.forum_id = forum.forum_id then
    return false;
  elsif before.material_id is not null then
    raise exception 'material_not_found' using errcode = 'PT404';
  elsif (select count(*) from private.materials t where t.forum_id = forum.forum_id) >= 100 then
    raise exception 'too_many_materials' using errcode = 'PT409';
  elsif coalesce(add_material.bytes, 0)
    + (select coalesce(sum(t.bytes), 0) from private.materials t where t.forum_id = forum.forum_id) > 200000000
  then
    raise exception 'materials_full' using errcode = 'PT409';
  end if;
  insert into private.materials
    (material_id, forum_id, session_id, audience, language, title_en, title_fr, url, file_id, type, bytes)
  values (add_material.material_id, forum.forum_id, add_material.session_id, add_material.audience, add_material.language,
    private.one_line(add_material.title_en), private.one_line(add_material.title_fr), add_material.url, add_material.file_id,
    add_material.type, add_material.bytes);
  perform private.log('add_material', add_material.material_id, context_id => forum.forum_id);
  perform private.record_event('material_added', 'material', add_material.material_id);
  return true;
end
$$;
comment on function public.add_material is
  'Adds a link, or a file that is stored already, to a forum or one of its sessions; false when it is there already. Callers: '
  'organizers. Refuses: forum_not_found, session_not_found, material_public_closed, material_not_found, too_many_materials, '
  'materials_full.';

-- Not the file itself: an address that was passed on must not become another document.
create function public.save_material(
  material_id uuid, version integer, session_id uuid, audience public.material_audience, language public.session_language,
  title_en text, title_fr text, url text
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  material private.materials := private.must_find_material(material_id);
  forum public.forums := private.must_place_material(material.forum_id, session_id, audience);
begin
  if material.version is distinct from save_material.version then
    raise exception 'material_changed' using errcode = 'PT409';
  end if;
  update private.materials t
  set session_id = save_material.session_id, audience = save_material.audience, language = save_material.language,
      title_en = private.one_line(save_material.title_en), title_fr = private.one_line(save_material.title_fr),
      url = case when t.url is not null then save_material.url end, version = t.version + 1
  where t.material_id = material.material_id;
  perform private.log('save_material', material.material_id, context_id => forum.forum_id);
  perform private.record_event('material_saved', 'material', material.material_id);
end
$$;
comment on function public.save_material is
  'Changes for whom a material is, what it is called and where it belongs, over the version that the organizer saw; a file stays '
  'the same file. Callers: organizers. Refuses: material_not_found, forum_not_found, session_not_found, '
  'material_public_closed, material_changed.';

-- The row goes now, so that nobody can download the file while the job waits.
create function public.delete_material(material_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  material private.materials := private.must_find_material(material_id);
begin
  delete from private.materials t where t.material_id = material.material_id;
  perform private.log('delete_material', material.material_id, context_id => material.forum_id);
  perform private.record_event('material_deleted', 'material', material.material_id);
end
$$;
comment on function public.delete_material is
  'Deletes a material, and its file with a job. Callers: organizers. Refuses: material_not_found, forum_not_found.';

revoke execute on function public.materials_page, public.has_materials, public.material_file, public.materials_for_organizers,
  public.add_material, public.save_material, public.delete_material from public, anon, authenticated;
grant execute on function public.materials_page, public.has_materials, public.material_file to anon, authenticated;
grant execute on function public.materials_for_organizers, public.add_material, public.save_material, public.delete_material
  to authenticated;

-- A file that is being added is stored a moment before its row: the job asks about old ones only.
create function public.files_without_material(file_ids uuid[])
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select f.file_id from unnest(file_ids) f(file_id)
  where not exists (select from private.materials t where t.file_id = f.file_id)
$$;
comment on function public.files_without_material is
  'Which of these stored files belong to no material any more. Callers: the worker (secret key).';
revoke execute on function public.files_without_material from public, anon, authenticated;
grant execute on function public.files_without_material to service_role;

-- What other domains gather ------------------------------------------------------------------

create function private.materials_delete_forum(forum_id uuid)
returns void
language sql
set search_path = ''
as $$ delete from private.materials t where t.forum_id = materials_delete_forum.forum_id $$;
comment on function private.materials_delete_forum is 'The materials of a draft go with it.';

create function private.materials_organize(forum_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('materials', (
    select count(*) from private.materials t where t.forum_id = materials_organize.forum_id and private.may_enter_session(t.session_id)))
$$;
comment on function private.materials_organize is 'For organizers: how many materials of a forum they may read.';
