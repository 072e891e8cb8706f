-- Which mirror links of a student no longer open. A student without a revocation has no row.
create table revocation (
    course text collate "C" not null,
    section text collate "C" not null,
    student text collate "C" not null,
    -- Links that were made at this time or earlier are revoked; nanoseconds since 1970.
    until bigint not null,
    primary key (course, section, student)
);
