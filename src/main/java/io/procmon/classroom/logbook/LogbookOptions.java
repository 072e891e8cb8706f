package io.procmon.classroom.logbook;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How much a logbook holds, and where. An attempt with usual file names counts once, one with long names several times.
 *
 * @param directory where its file is; empty if it is kept in memory
 * @param perWork how many attempts of one student at one homework
 * @param onDisk how many attempts in all, in a file
 * @param inMemory how many attempts in all, without one
 */
public record LogbookOptions(Optional<Path> directory, int perWork, int onDisk, int inMemory) {}
