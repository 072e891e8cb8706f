package io.procmon.classroom.logbook;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The directory and the limits of a logbook. An attempt with usual file names counts once, one with long names several
 * times.
 *
 * @param directory the directory of the file; empty if the logbook is kept in memory
 * @param perWork the limit of attempts of one student at one homework
 * @param onDisk the limit of all attempts in a file
 * @param inMemory the limit of all attempts in memory
 * @param savePause the pause between two saves of the file
 */
public record LogbookOptions(Optional<Path> directory, int perWork, int onDisk, int inMemory, Duration savePause) {}
