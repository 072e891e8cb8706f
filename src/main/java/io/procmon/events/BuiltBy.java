package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The builds from which a program comes.
 *
 * @param build the {@link Activity#eventId()} of the build that wrote the program
 * @param ago time from the end of that build to the exec of the program
 * @param sources the sources of that build and of earlier builds that wrote its object files; at most
 *     {@code Builds.SOURCES_MAX}
 */
public record BuiltBy(UUID build, Duration ago, List<ContainerPath> sources) {}
