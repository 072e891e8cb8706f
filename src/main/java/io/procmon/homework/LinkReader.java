package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at the symbolic links in a student's project directory. */
public interface LinkReader {

    /** A text that changes whenever an entry of the directory changes; empty if the directory cannot be looked at. */
    Optional<String> version(ContainerPath directory);

    /** The path of the directory without symbolic links; the path itself if that is unknown. */
    ContainerPath resolve(ContainerPath directory);

    /** The directories that symbolic links in the directory lead to, by the names of the links that were asked for. */
    Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names);
}
