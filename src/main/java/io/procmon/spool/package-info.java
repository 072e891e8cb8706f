/**
 * Where reports wait for the backend: on disk before they count as received.
 *
 * <p>The store is H2's MVStore: one file, pure Java, so it works on every processor and in a native image; it writes
 * changes behind what is there and leaves that alone for a while, so after a power cut the newest complete state is found
 * again; and it is the engine under every H2 database. SQLite would be as safe, and was a third cheaper per report, but
 * has to unpack a native library at each start; RocksDB has to as well, and is ten times procmon's size. A commit costs
 * far more than a report does, so the reports that arrive during one share the next.
 *
 * <p>Each student has a queue, and students take turns: neither the length of one student's queue nor a backlog after an
 * outage delays another student. In memory is an index of eight bytes for each activity, and the contents of the first few
 * activities of each student.
 *
 * <p>A position is a byte offset in all that ever arrived. So the order is in the key, and how much is kept is a
 * subtraction. What is kept is the {@link io.procmon.events.Report}, not a dialect's rendering of it.
 *
 * <p>Between a crash and the last commit lie at most the settlements of some 50 ms: those are delivered once more, by
 * the same id. What was told to be kept is never lost: {@link io.procmon.spool.Spool#keep} answers after the commit.
 *
 * <p>It knows {@code events} and {@code process}; it has never heard of HTTP.
 */
package io.procmon.spool;
