-- What students have decided by their mirror links. A student who has decided nothing has no row.
create table choice (
    course text collate "C" not null,
    section text collate "C" not null,
    student text collate "C" not null,
    -- When the student opted out, in nanoseconds since 1970; null while activities are recorded.
    opted_out_at bigint,
    -- Activities that began at this time or earlier are not stored, because the student has deleted the record.
    deleted_until bigint,
    primary key (course, section, student)
);
