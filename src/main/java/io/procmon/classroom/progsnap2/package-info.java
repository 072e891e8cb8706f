/**
 * What a class did as a data set in the ProgSnap2 format 1.0 (Price et al., ProgSnap2: A Flexible Format for Programming
 * Process Data, ITiCSE 2020), for research and for tools that read it.
 *
 * <p>Knows {@code workflow} and {@code process}. Students become subjects under a keyed hash, always. What the format has
 * no column for at an event, such as the signal or the processor time, is in a link table; sessions are marked as
 * fabricated, since nobody has logged in or out. There is no code in it: procmon does not read the students' files.
 */
package io.procmon.classroom.progsnap2;
