-- Builds and runs are stored by the month (UTC) in which they began, so that an old month is forgotten by one DROP TABLE.
-- The name of a month's table is such as attempt_2026_12. attempt_other has the rows of a month without a table:
-- those that a node reports late until turn_months makes a table for them, and those of nodes with a wrong clock.
alter table attempt rename to attempt_so_far;
alter index attempt_pkey rename to attempt_so_far_pkey;

create table attempt (
    course text collate "C" not null,
    section text collate "C" not null,
    homework text collate "C" not null,
    student text collate "C" not null,
    started_at bigint not null,
    event_id uuid not null,
    content bytea not null,
    primary key (course, section, homework, student, started_at, event_id)
) partition by range (started_at);

create table attempt_other partition of attempt default;

create function attempt_nanos(month date) returns bigint immutable
    return extract(epoch from month::timestamp)::bigint * 1000000000;

create function attempt_table(month date) returns text immutable
    return 'attempt_' || to_char(month, 'YYYY_MM');

-- The rows so far become the table of this month without being copied. It is forgotten when this month is.
do $$
declare
    month date := date_trunc('month', now() at time zone 'UTC');
    following bigint := attempt_nanos((month + interval '1 month')::date);
begin
    if exists (select from attempt_so_far) then
        with later as (delete from attempt_so_far where started_at >= following returning *)
        insert into attempt select * from later;
        execute format('alter table attempt_so_far rename to %I', attempt_table(month));
        execute format('alter table attempt attach partition %I for values from (minvalue) to (%s)',
            attempt_table(month), following);
    else
        drop table attempt_so_far;
    end if;
end $$;

-- Makes the tables of this month, of the next, and of earlier ones whose rows have come, and forgets all that began before
-- the oldest month. Returns how many
-- months it has forgotten. A second instance that calls it at the same time does nothing.
create function turn_months(today date, oldest date) returns integer language plpgsql as $$
declare
    first_kept bigint := attempt_nanos(date_trunc('month', oldest)::date);
    month date;
    old text;
    forgotten integer := 0;
begin
    if not pg_try_advisory_xact_lock(hashtext('procmon turn_months')) then
        return 0;
    end if;
    perform set_config('lock_timeout', '5s', true); -- activities wait meanwhile

    for month in
        select date_trunc('month', today)::date
        union
        select (date_trunc('month', today) + interval '1 month')::date
        union
        select date_trunc('month', to_timestamp(started_at / 1000000000) at time zone 'UTC')::date from attempt_other
        where started_at >= first_kept and started_at < attempt_nanos((today + interval '1 month')::date)
    loop
        continue when to_regclass(attempt_table(month)) is not null;
        lock table attempt in share update exclusive mode;
        execute format('create table %I (like attempt including all)', attempt_table(month));
        lock table attempt_other in access exclusive mode;
        execute format('with own as (delete from attempt_other where started_at >= %s and started_at < %s returning *) '
            'insert into %I select * from own',
            attempt_nanos(month), attempt_nanos((month + interval '1 month')::date), attempt_table(month));
        execute format('alter table attempt attach partition %I for values from (%s) to (%s)',
            attempt_table(month), attempt_nanos(month), attempt_nanos((month + interval '1 month')::date));
    end loop;

    if not exists (select from attempt where started_at < first_kept) then
        return 0;
    end if;
    create temp table gone on commit drop as
        select course, section, homework, student, count(*) as attempts
        from attempt where started_at < first_kept group by course, section, homework, student;
    lock table attempt in access exclusive mode;
    update work set attempts = work.attempts - gone.attempts from gone
        where (work.course, work.section, work.homework, work.student)
            = (gone.course, gone.section, gone.homework, gone.student);
    delete from work where last_started_at < first_kept;
    delete from intervention where at < first_kept;
    delete from attempt_other where started_at < first_kept;
    for old in
        select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
        where inhparent = 'attempt'::regclass and child.relname ~ '^attempt_\d{4}_\d{2}$'
            and child.relname < attempt_table(date_trunc('month', oldest)::date)
    loop
        execute format('drop table %I', old);
        forgotten := forgotten + 1;
    end loop;
    return forgotten;
end $$;
