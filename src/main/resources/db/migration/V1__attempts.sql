-- The builds and runs of a class. A row never changes: the key is all that tells two attempts apart.
create table attempt (
    course text collate "C" not null,
    section text collate "C" not null,
    homework text collate "C" not null,
    student text collate "C" not null,
    -- When it began: nanoseconds since 1970.
    started_at bigint not null,
    event_id uuid not null,
    -- The record of the embedded store, which has a version of its own.
    content bytea not null,
    primary key (course, section, homework, student, started_at, event_id)
);

-- One row per student and homework, so that a list of them reads no attempts.
create table work (
    course text collate "C" not null,
    section text collate "C" not null,
    homework text collate "C" not null,
    student text collate "C" not null,
    last_started_at bigint not null,
    attempts bigint not null,
    primary key (course, section, homework, student)
);

create index work_by_time on work (last_started_at);
