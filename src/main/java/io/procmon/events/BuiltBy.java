package io.procmon.events;

import io.procmon.process.ContainerPath;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Where a program comes from.
 *
 * @param build the {@link Activity#eventId()} of the build that wrote it
 * @param ago from the end of that build to the exec of the program
 * @param sources what it was built from, also by earlier builds that wrote its objects; no more than
 *     {@code Builds.SOURCES_MAX}
 */
public record BuiltBy(UUID build, Duration ago, List<ContainerPath> sources) {}
