/**
 * Reports wait here for the backend. A report is on disk before it counts as received.
 *
 * <p>The store is an append-only journal. {@link io.procmon.spool.Journal} appends records to segment files and calls
 * fsync once for each group of arrivals. Beside each segment, a small file says which records are settled. A segment
 * whose records are all settled is deleted. A manifest names the segments and their sizes, and is replaced atomically.
 *
 * <p>The store was H2's MVStore before. It wrote about five times the size of an event: at two activities a second, 24
 * KB for one. The journal writes the event once, plus 32 bytes for each of its header, its confirmation and its
 * settlement. After damage, MVStore fell back to an older version of the file by itself: of 3,000 kept activities, 8
 * KiB of garbage silently removed 1,248 in one case and 2,626 in another. Some damaged files made every start fail. The
 * journal verifies each record by itself, and compares what is there with the manifest, so a loss is counted and
 * logged. {@code LegacyStore} still reads the old file. SQLite would be as safe, but has to unpack a native library at
 * each start.
 *
 * <p>Each student has a queue, and students take turns: neither the length of one student's queue nor a backlog after
 * an outage delays another student. In memory is an index of eight bytes for each activity, and the contents of the
 * first few activities of each student.
 *
 * <p>A position is a byte offset in everything that ever arrived. So positions give the order, and a subtraction says
 * how much is kept. The journal keeps the {@link io.procmon.events.Report}, not a dialect's rendering of it.
 *
 * <p>{@link io.procmon.spool.Spool#keep} answers after the fsync, so no kept report is lost in a crash. Settlements are
 * written within 50 ms and without fsync. After a crash, reports that were settled since then are delivered once more,
 * by the same id.
 *
 * <p>The package knows {@code events} and {@code process}. It knows nothing of HTTP.
 */
package io.procmon.spool;
