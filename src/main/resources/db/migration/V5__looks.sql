-- Who has looked at a student. All requests of a viewer for the same kind of data in an hour are one row.
create table look (
    course text collate "C" not null,
    section text collate "C" not null,
    student text collate "C" not null,
    -- The beginning of the hour, in nanoseconds since 1970.
    hour bigint not null,
    -- The name of the person, or token, loopback or link.
    viewer text collate "C" not null,
    kind text collate "C" not null,
    primary key (course, section, student, hour, viewer, kind)
);

create index look_by_time on look (hour);
