-- When teachers were with students. A row never changes.
create table intervention (
    course text collate "C" not null,
    section text collate "C" not null,
    homework text collate "C" not null,
    student text collate "C" not null,
    -- Nanoseconds since 1970.
    at bigint not null,
    id uuid not null,
    -- The name of the teacher; empty if it is unknown.
    teacher text not null,
    primary key (course, section, homework, student, at, id)
);
