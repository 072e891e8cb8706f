/**
 * Data sets in the ProgSnap2 format 1.0 (Price et al., ProgSnap2: A Flexible Format for Programming Process Data,
 * ITiCSE 2020). {@link io.procmon.classroom.progsnap2.Dataset} writes the attempts of a class. {@link
 * io.procmon.classroom.progsnap2.ErrorAnalysis} computes the error measures of any data set in the format.
 *
 * <p>Knows {@code workflow}, {@code measures}, {@code diagnostics}, {@code privacy} and {@code process}. In the export, students always become subjects under
 * a keyed hash. Facts for which the format has no column, such as the signal or the CPU time, are in a link table.
 * Sessions are marked as fabricated, because nobody has logged in or out. The export contains no code, because procmon
 * does not read the students' files.
 *
 * <p>The analysis reads a table row by row and keeps numbers in place of texts, because measures only compare texts for
 * equality. So a million events fit into a heap of 256 MB. The analysis accepts variants that the format permits. It
 * rejects errors that would silently distort a measure, such as a repeated event id.
 */
package io.procmon.classroom.progsnap2;
