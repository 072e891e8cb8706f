/**
 * Data sets in the ProgSnap2 format 1.0 (Price et al., ProgSnap2: A Flexible Format for Programming Process Data,
 * ITiCSE 2020): {@link io.procmon.classroom.progsnap2.Dataset} writes what a class did, and {@link
 * io.procmon.classroom.progsnap2.ErrorAnalysis} measures the errors in any data set, whoever wrote it.
 *
 * <p>Knows {@code workflow}, {@code measures} and {@code process}. In the export, students become subjects under a
 * keyed hash, always. What the format has no column for at an event, such as the signal or the processor time, is in a link table; sessions are marked as
 * fabricated, since nobody has logged in or out. There is no code in it: procmon does not read the students' files.
 *
 * <p>The analysis reads a table row by row and keeps numbers for texts, because measures only ask whether two texts are
 * equal. So a million events fit into a heap of 256 MB. It accepts what the format leaves open, and it refuses what would
 * make a figure wrong without a sign, such as an event id that is there twice.
 */
package io.procmon.classroom.progsnap2;
