/**
 * The queue of reports that wait for the backend. A report is on disk before it counts as received.
 *
 * <p>The store is an append-only journal. {@link io.procmon.spool.Journal} appends records to segment files. It calls
 * fsync for records that are not settled after 250 ms. Beside each segment, a small file lists the settled records. A
 * segment whose records are all settled is deleted. A manifest names the segments and their sizes, and is replaced
 * atomically.
 *
 * <p>The store was H2's MVStore before. It wrote about five times the size of an event: at two activities a second, 24
 * KB for one. The journal writes the event once, plus 32 bytes for each of its header, its confirmation and its
 * settlement. After damage, MVStore fell back to an older version of the file by itself. In two tests with 3,000 stored
 * activities, 8 KiB of garbage silently removed 1,248 and 2,626 of them. Some damaged files made every start fail. The
 * journal verifies each record by itself and compares the records with the manifest, so a loss is counted and logged.
 * {@code LegacyStore} still reads the old file. SQLite would be as safe, but has to unpack a native library at each
 * start.
 *
 * <p>Each student has a queue, and students take turns. Neither the length of one student's queue nor a backlog after
 * an outage delays another student. The memory holds an index of eight bytes for each activity, and the contents of the
 * first few activities of each student.
 *
 * <p>A position is the number of bytes that arrived before. Positions give the order, and the difference of two
 * positions is the size between them. The journal stores the {@link io.procmon.events.Report}, which is independent of
 * the dialect.
 *
 * <p>{@link io.procmon.spool.Spool#keep} completes after the write, so the end of the process loses no stored report.
 * An fsync follows within 250 ms, unless the backend has accepted the report by then. A power cut loses at most the
 * reports of the last 250 ms that the backend does not have. An fsync for each report wrote 4 to 8 KB for a report of 2
 * KB, because a page is written whole. Settlements are written within 250 ms and without fsync. After a crash, reports
 * that were settled since then are delivered again, with the same id.
 *
 * <p>Knows {@code events}, {@code privacy} and {@code process}. It does not know HTTP.
 */
package io.procmon.spool;
