package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the symbolic links in a student's project directory. */
public interface LinkReader {

    /** A value that changes with every change of the directory's entries; empty if the directory cannot be read. */
    Optional<String> version(ContainerPath directory);

    /** The path of the directory without symbolic links; the path itself if that is unknown. */
    ContainerPath resolve(ContainerPath directory);

    /**
     * The targets of the directory's symbolic links that are directories, by the name of the link.
     *
     * @param names selects the links
     */
    Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names);
}
